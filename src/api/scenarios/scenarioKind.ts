import type { z } from 'zod';

import type { Scenario, TransferScenario } from '../../domain/configuration/scenario.js';
import type { Fault } from '../../domain/planning/fault.js';
import type { Surroundings } from '../../domain/planning/lint/check.js';
import type { Page } from '../../store/page.js';
import type { ScenarioRepository } from '../../store/scenarios.js';
import type { ApiDependencies } from '../dependencies.js';

/** Both kinds have a name, conditions and rules, and the same life: draft, version, archive. */
export type AnyScenario = Scenario | TransferScenario;

/** One kind of scenario: what its endpoints need to know. */
export interface ScenarioKind<Content extends AnyScenario> {
  readonly kind: 'distribution' | 'transfer';
  /** `/distribution-scenarios` */
  readonly path: string;
  /** Heading in the documentation. */
  readonly tag: string;
  /** `scenario`, for summaries and errors. */
  readonly noun: string;
  /** The whole scenario, its name included. */
  readonly schema: z.ZodObject & z.ZodType<Content>;
  /** What is answered: the scenario with its life. */
  readonly view: z.ZodObject;
  readonly versionView: z.ZodObject;
  readonly repository: ScenarioRepository<Content>;
  /** What makes it unfit to be written, beyond its shape. */
  readonly validate: (scenario: Content, knownLocations: ReadonlySet<string>) => readonly Fault[];
  readonly locations: ApiDependencies['configuration']['locations'];
  readonly now: () => Date;
  /** What lint judges it against. */
  readonly surroundings: () => Promise<Surroundings>;
  /** Told after a version counts. */
  readonly published?: (name: string) => Promise<void>;
  /** Told after one was published, archived, or lost its draft. */
  readonly moved?: (name: string) => Promise<void>;
}

/** A page whose items are shown in another way. */
export const shownPage = <Item>({ items, next }: Page<Item>, show: (item: Item) => object) => ({
  items: items.map(show),
  next,
});
