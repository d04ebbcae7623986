import type { Command } from 'commander';

import type { PlanResult } from '../../../domain/planning/planResult.js';
import type { ApiClient } from '../../apiClient.js';
import { print, type Column } from '../../output.js';
import { readJson } from '../../readJson.js';

/** `oms scenarios simulate`: how an order would be planned, on what is live or on a case. */
export function addSimulate(scenarios: Command, connect: () => ApiClient): void {
  scenarios
    .command('simulate <case>')
    .description('plan an order without acting; what the case leaves out is live; `-` for standard input')
    .option('--draft <name>', 'plan with the draft of this scenario as if it were published')
    .option('--json', 'JSON instead of a table')
    .action(async (file: string, { draft, json }: { draft?: string; json?: boolean }) => {
      const query: Record<string, string> = draft === undefined ? {} : { draft };
      const path = `distribution-scenarios/simulate?${new URLSearchParams(query).toString()}`;
      const answer = await connect().post<PlanResult>(path, readJson(file));
      if (json) console.log(JSON.stringify(answer));
      else show(answer);
    });
}

interface Place {
  readonly location: string;
  readonly state: string;
  readonly rule: string;
  readonly items: PlanResult['parked'];
  readonly from: readonly string[];
}

function show({ outcome, packages, parked, optimal, explanation }: PlanResult): void {
  const places: Place[] = packages.map(({ transfers, ...parcel }) => ({
    ...parcel,
    from: transfers.map(({ source }) => source),
  }));
  const rest = {
    location: explanation.defaultLocation ?? '',
    state: 'out_of_stock',
    rule: '',
    items: parked,
    from: [],
  };
  print(parked.length === 0 ? places : [...places, rest], COLUMNS, {});
  console.log(`${outcome}${optimal ? '' : ', not proven to be the best'}. ${explanation.text}`);
}

const COLUMNS: readonly Column<Place>[] = [
  { heading: 'location', value: ({ location }) => location },
  { heading: 'state', value: ({ state }) => state },
  { heading: 'rule', value: ({ rule }) => rule },
  { heading: 'items', value: ({ items }) => items.map(({ sku, quantity }) => `${quantity} x ${sku}`).join(', ') },
  { heading: 'by transfer from', value: ({ from }) => from.join(', ') },
];
