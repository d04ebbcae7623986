import type { Command } from 'commander';

import type { ApiClient } from '../apiClient.js';
import { print, type Column } from '../output.js';

interface Options {
  readonly location?: readonly string[];
  readonly tag?: string;
  readonly limit: string;
  readonly json?: boolean;
}

interface Availability {
  readonly location: string;
  readonly name: string;
  readonly type: string;
  readonly canSupplyAll: boolean;
  readonly skus: readonly { readonly sku: string; readonly wanted: number; readonly available: number }[];
}

/** `oms stock MUG:2 CUP`: which location alone has everything that is asked, by the stock services' word now. */
export function addStockCommand(program: Command, connect: () => ApiClient): void {
  program
    .command('stock <sku...>')
    .description('which single location can supply these SKUs, such as MUG:2 CUP')
    .option('--location <code...>', 'only these locations')
    .option('--tag <tag>', 'only locations with this tag')
    .option('--limit <n>', 'how many to list', '50')
    .option('--json', 'JSON instead of a table')
    .action(async (sku: readonly string[], { location = [], tag, limit, json }: Options) => {
      const query = { sku, location, ...(tag !== undefined && { tag }), limit };
      const { items } = await connect().get<{ items: readonly Availability[] }>('stock-availability', query);
      print(items, columnsOf(items), { json: json ?? false });
    });
}

function columnsOf([first]: readonly Availability[]): Column<Availability>[] {
  const skus = (first?.skus ?? []).map(({ sku, wanted }, index) => ({
    heading: `${sku} of ${wanted}`,
    value: (item: Availability) => item.skus[index]?.available,
  }));
  return [
    { heading: 'location', value: ({ location }) => location },
    { heading: 'name', value: ({ name }) => name },
    { heading: 'type', value: ({ type }) => type },
    { heading: 'everything', value: ({ canSupplyAll }) => (canSupplyAll ? 'yes' : 'no') },
    ...skus,
  ];
}
