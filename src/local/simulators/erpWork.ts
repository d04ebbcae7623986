import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import type { OmsApi } from './omsApi.js';

/** How this ERP behaves. The same package is always treated the same. */
export interface ErpManners {
  /** On average between two commands, in milliseconds. */
  readonly pauseMs: number;
  readonly refuse?: {
    /** Code of a denial reason. */
    readonly reason: string;
    /** Part of all packages, from 0 to 1, that is refused. */
    readonly share: number;
    /** These are refused besides. */
    readonly packages?: readonly string[];
  };
  /** Of the brand's stock service: what is packed leaves the shelf there. Nobody is told without it. */
  readonly takenUrl?: string;
}

interface PackageView {
  readonly number: string;
  readonly state: string;
  readonly version: number;
  readonly location: string;
  readonly items: readonly { readonly sku: string; readonly quantity: number }[];
}

const NEXT: Readonly<Record<string, string>> = {
  waiting_remote_action: 'release',
  waiting: 'prepare',
  preparing: 'ready',
  ready_for_packaging: 'pack',
  packed: 'ship',
};

/** Carries a package as far as the store can. Ends when it is somebody else's turn. */
export async function workOff(
  api: OmsApi,
  number: string,
  manners: ErpManners,
  counts: { commands: number; refusals: number },
  ending: AbortSignal,
): Promise<void> {
  for (;;) {
    const { status, body } = await api('GET', `/packages/${number}`);
    if (status !== 200) return;
    const parcel = body as PackageView;
    const command = nextCommand(parcel, manners);
    if (command === undefined) return;
    await pause(pauseFor(number, command.command, manners.pauseMs), undefined, { signal: ending });
    // Before the command, which gives the reservation back: in between, the pieces would look free again.
    if (command.command === 'pack') await takeFromShelf(parcel, manners.takenUrl, ending);
    const answer = await api('POST', `/packages/${number}/commands`, {
      body: command,
      // Should this program or the network fail in between, the repeat does nothing twice. The version is in
      // the key because a refusal is remembered too, and the package may be ready for the command later.
      headers: { 'idempotency-key': `erp-${number}-${parcel.version}-${command.command}` },
    });
    // Someone else was faster, or it cannot be done: news will come if there is more to do.
    if (answer.status !== 200) return;
    counts.commands++;
    if (command.command === 'refuse') counts.refusals++;
  }
}

async function takeFromShelf(
  { number, location, items }: PackageView,
  takenUrl: string | undefined,
  ending: AbortSignal,
): Promise<void> {
  if (takenUrl === undefined) return;
  await fetch(takenUrl, {
    method: 'POST',
    body: JSON.stringify({ reference: number, erpCode: location, items }),
    signal: ending,
  });
}

function nextCommand({ number, state }: PackageView, { refuse }: ErpManners) {
  if (state === 'preparing' && refuse && isRefused(number, refuse)) {
    return { command: 'refuse', reason: refuse.reason, note: 'not on the shelf' };
  }
  const command = NEXT[state];
  return command === undefined ? undefined : { command };
}

function isRefused(number: string, { share, packages = [] }: NonNullable<ErpManners['refuse']>): boolean {
  return packages.includes(number) || part(number) < share;
}

/** Between half and one and a half times the average, so that not everything moves in step. */
const pauseFor = (number: string, command: string, averageMs: number) =>
  averageMs * (0.5 + part(`${number} ${command}`));

/** From 0 to below 1, the same for the same text. */
const part = (text: string) => createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32;
