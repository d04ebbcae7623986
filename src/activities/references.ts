import type { CancellationReason, Carrier, DenialReason } from '../domain/configuration/integrations.js';
import type { Location } from '../domain/configuration/location.js';
import type { Settings } from '../platform/settings.js';

interface Lookup<Value> {
  find(code: string): Promise<Value | null>;
}

export interface ReferenceDependencies {
  readonly denialReasons: Lookup<DenialReason>;
  readonly cancellationReasons: Lookup<CancellationReason>;
  readonly carriers: Lookup<Carrier>;
  readonly locations: Lookup<Location>;
  readonly settings: { read(): Promise<Settings> };
}

export type ReferenceActivities = ReturnType<typeof createReferenceActivities>;

/** What a workflow looks up in the configuration. Inactive objects count as absent. */
export function createReferenceActivities({
  denialReasons,
  cancellationReasons,
  carriers,
  locations,
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
    findDenialReason: async (code: string) => {
      const found = await active(denialReasons, code);
      return found && { code, stockEffect: found.stockEffect };
    },
    findCancellationReason: async (code: string) => (await active(cancellationReasons, code)) && { code },
    findCarrier: async (code: string) => (await active(carriers, code)) && { code },
    /** Those of the codes that are no active location. */
    findInactiveLocations: async (codes: readonly string[]) => {
      const found = await Promise.all(codes.map(async (code) => ((await active(locations, code)) ? [] : [code])));
      return found.flat();
    },
    packageSettings: async () => ({ allowReplacement: (await settings.read()).allowReplacement }),
    orderSettings: async () => ({ clickAndCollectRefusal: (await settings.read()).clickAndCollectRefusal }),
  };
}
