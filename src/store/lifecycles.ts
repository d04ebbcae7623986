import type { InvoiceRequest, LifecycleChanges } from '../domain/lifecycle/changes.js';
import {
  DEFAULT_LIFECYCLE,
  packageLifecycle,
  pinned,
  transferLifecycle,
  versionKey,
  type LifecyclesInForce,
  type LifecycleName,
  type LifecycleVersion,
  type PackageLifecycle,
  type PinnedLifecycle,
  type TransferLifecycle,
} from '../domain/lifecycle/pinned.js';
import type { Connection } from './connection.js';
import { createScenarioRepository } from './scenarios.js';

export type LifecycleRepository = ReturnType<typeof createLifecycleRepository>;

/**
 * The brand's life cycles. They live like scenarios: a draft, numbered versions that never change, an archive;
 * while none is published, the default table is in force.
 */
export function createLifecycleRepository(connection: Connection) {
  const lives = createScenarioRepository<LifecycleChanges>(connection, 'lifecycles');
  const versions = remembered((name, version) => lives.versions.find(name, version));

  /** Null when there is no such version. */
  const pinOf = async (of: LifecycleVersion): Promise<PinnedLifecycle | null> => {
    if (of.name === DEFAULT_LIFECYCLE.name) return DEFAULT_LIFECYCLE;
    const found = await versions(of);
    return found && pinned(of, found);
  };

  // Versions are never deleted; that one is missing is for `oms verify` to say, and must not keep anybody from reading.
  const pinOrDefault = async (of: LifecycleVersion) => (await pinOf(of)) ?? DEFAULT_LIFECYCLE;

  return {
    ...lives,
    pinOf,

    /** Where a transition asks for an invoice, with the secrets; null when it asks for none. */
    invoiceRequest: async (of: LifecycleVersion, command: string, from: string): Promise<InvoiceRequest | null> => {
      if (of.name === DEFAULT_LIFECYCLE.name) return null;
      const change = (await versions(of))?.transitions.find(
        (one) => one.command === command && (one.from === undefined || one.from.includes(from)),
      );
      return change?.requestInvoice ?? null;
    },

    /** Of what begins now. */
    async inForce(): Promise<LifecyclesInForce> {
      const active = await lives.active();
      const of = (name: LifecycleName): PinnedLifecycle => {
        const published = active.find((life) => life.name === name)?.published;
        return published ? pinned({ name, version: published.version }, published.scenario) : DEFAULT_LIFECYCLE;
      };
      return { package: of('package'), transfer: of('transfer') };
    },

    packageTable: async (of: LifecycleVersion): Promise<PackageLifecycle> => packageLifecycle(await pinOrDefault(of)),

    transferTable: async (of: LifecycleVersion): Promise<TransferLifecycle> =>
      transferLifecycle(await pinOrDefault(of)),
  };
}

type Find = (name: string, version: number) => Promise<{ readonly scenario: LifecycleChanges } | null>;

/** A brand publishes few versions and never changes one, so each is read once. */
function remembered(find: Find) {
  const known = new Map<string, LifecycleChanges>();
  return async (of: LifecycleVersion): Promise<LifecycleChanges | null> => {
    const key = versionKey(of);
    const content = known.get(key) ?? (await find(of.name, of.version))?.scenario;
    if (content) known.set(key, content);
    return content ?? null;
  };
}
