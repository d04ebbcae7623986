import { checkChanges, type ChangeFault } from '../../domain/lifecycle/checkChanges.js';
import { withChanges, type LifecycleChanges } from '../../domain/lifecycle/changes.js';
import type { Lifecycle } from '../../domain/lifecycle/lifecycle.js';
import { PACKAGE_LIFECYCLE } from '../../domain/lifecycle/packageLifecycle.js';
import { LIFECYCLE_NAMES, type LifecycleName } from '../../domain/lifecycle/pinned.js';
import { TRANSFER_LIFECYCLE } from '../../domain/lifecycle/transferLifecycle.js';
import { notFound } from '../notFound.js';

const TABLES: Readonly<Record<LifecycleName, Lifecycle<string, string>>> = {
  package: PACKAGE_LIFECYCLE,
  transfer: TRANSFER_LIFECYCLE,
};

/** @throws {OmsError} `resource.not_found` for what has no life cycle. */
export function lifecycleNamed(name: string): LifecycleName {
  const known = LIFECYCLE_NAMES.find((other) => other === name);
  if (!known) throw notFound('life cycle', name);
  return known;
}

/** The table that the changes make of the default; with none, the default. */
export const tableOf = (name: LifecycleName, changes: LifecycleChanges | null): Lifecycle<string, string> =>
  changes ? withChanges(TABLES[name], changes, TABLES[name]) : TABLES[name];

export const faultsOf = (name: LifecycleName, changes: LifecycleChanges): ChangeFault[] =>
  checkChanges(TABLES[name], changes);
