import type { Check } from './check.js';
import { defaultLocationCannotPack, inactiveDefaultLocation } from './checks/defaultLocation.js';
import { alwaysTrue, linesWithoutLine } from './checks/expressions.js';
import { filterMatchesNothing } from './checks/filterMatchesNothing.js';
import { includedButUnusable } from './checks/includedButUnusable.js';
import { noArea, noCalendar, noCoordinates, noQuota } from './checks/locationsLacking.js';
import { noFallback } from './checks/noFallback.js';
import { noTransferScenario } from './checks/noTransferScenario.js';
import { densityWithoutQuota, distanceWithoutCoordinates, repeatedRank } from './checks/ranks.js';
import { refusedWhenWritten } from './checks/refusedWhenWritten.js';
import { samePriority } from './checks/samePriority.js';
import { shadowedScenario } from './checks/shadowedScenario.js';
import { unknownLocation } from './checks/unknownLocation.js';
import { unknownStockEngine } from './checks/unknownStockEngine.js';
import { unreachableRule } from './checks/unreachableRule.js';
import { unsatisfiableCondition } from './checks/unsatisfiableCondition.js';
import {
  allowLineSplitWithoutEffect,
  excludeWithoutEffect,
  maxPackagesWithoutEffect,
  maxSourcesWithoutEffect,
  minPackageValueWithoutEffect,
  multiplePackagesStateWithoutEffect,
  repeatedEntry,
} from './checks/withoutEffect.js';

/** Every kind of finding, the gravest first; the documentation is made from it. */
export const CHECKS: readonly Check[] = [
  refusedWhenWritten,
  unknownLocation,
  unsatisfiableCondition,
  shadowedScenario,
  unreachableRule,
  filterMatchesNothing,
  noFallback,
  inactiveDefaultLocation,
  defaultLocationCannotPack,
  includedButUnusable,
  noQuota,
  noCoordinates,
  noArea,
  noCalendar,
  unknownStockEngine,
  densityWithoutQuota,
  distanceWithoutCoordinates,
  repeatedRank,
  noTransferScenario,
  maxPackagesWithoutEffect,
  minPackageValueWithoutEffect,
  multiplePackagesStateWithoutEffect,
  linesWithoutLine,
  allowLineSplitWithoutEffect,
  maxSourcesWithoutEffect,
  excludeWithoutEffect,
  repeatedEntry,
  alwaysTrue,
  samePriority,
];
