import type { CancellationReason, Carrier, DenialReason } from '../domain/configuration/integrations.js';
import type { Settings } from '../platform/settings.js';

interface Lookup<Value> {
  find(code: string): Promise<Value | null>;
}

export interface ReferenceDependencies {
  readonly denialReasons: Lookup<DenialReason>;
  readonly cancellationReasons: Lookup<CancellationReason>;
  readonly carriers: Lookup<Carrier>;
  readonly settings: { read(): Promise<Settings> };
}

export type ReferenceActivities = ReturnType<typeof createReferenceActivities>;

/** What a workflow looks up in the configuration. Inactive objects count as absent. */
export function createReferenceActivities({
  denialReasons,
  cancellationReasons,
  carriers,
  settings,
}: ReferenceDependencies) {
  const active = async <Value extends { active: boolean }>(
    lookup: Lookup<Value>,
    code: string,
  ): Promise<Value | null> => {
    const found = await lookup.find(code);
    return found?.active ? found : null;
  };
  return {
    findDenialReason: async (code: string) => (await active(denialReasons, code)) && { code },
    findCancellationReason: async (code: string) => (await active(cancellationReasons, code)) && { code },
    findCarrier: async (code: string) => (await active(carriers, code)) && { code },
    orderSettings: async () => ({ clickAndCollectRefusal: (await settings.read()).clickAndCollectRefusal }),
  };
}
