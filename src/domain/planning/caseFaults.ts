import type { LocationFilter, Rank } from '../configuration/scenario.js';
import type { Fault } from './fault.js';
import type { PlanInput } from './planCase.js';
import { validateScenario, validateTransferScenario } from './validateScenario.js';

/** What makes a plan case unfit to be planned although its shape is right. */
export function caseFaults(input: PlanInput): readonly Fault[] {
  const known = new Set(input.locations.map(({ code }) => code));
  return [
    ...input.scenarios.flatMap((scenario, index) => under(`/scenarios/${index}`, validateScenario(scenario, known))),
    ...input.transferScenarios.flatMap((scenario, index) =>
      under(`/transferScenarios/${index}`, validateTransferScenario(scenario, known)),
    ),
    ...timeFaults(input),
    ...priceFaults(input),
  ];
}

const under = (prefix: string, faults: readonly Fault[]): Fault[] =>
  faults.map(({ pointer, detail }) => ({ pointer: `${prefix}${pointer}`, detail }));

/** A field may be left out only where no rule reads it. */
function timeFaults({ at, scenarios, transferScenarios }: PlanInput): Fault[] {
  if (at !== undefined) return [];
  const rules: { filter: LocationFilter; rank: readonly Rank[] }[] = [
    ...scenarios.flatMap((scenario) => scenario.rules).map(({ locations, rank }) => ({ filter: locations, rank })),
    ...transferScenarios.flatMap((scenario) => scenario.rules).map(({ sources, rank }) => ({ filter: sources, rank })),
  ];
  const needsTime = rules.some(
    ({ filter, rank }) => filter.openForPackaging || rank.some(({ by }) => by === 'load_age'),
  );
  return needsTime ? [{ pointer: '/at', detail: 'is required: a rule asks for opening hours or load_age' }] : [];
}

function priceFaults({ order, scenarios }: PlanInput): Fault[] {
  if (!scenarios.some(({ rules }) => rules.some(({ minPackageValue }) => minPackageValue !== undefined))) return [];
  return order.lines.flatMap(({ unitPrice }, index) =>
    unitPrice === undefined
      ? [{ pointer: `/order/lines/${index}/unitPrice`, detail: 'is required: a rule sets minPackageValue' }]
      : [],
  );
}
