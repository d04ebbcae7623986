import type { Command } from 'commander';

import type { ApiClient } from '../apiClient.js';
import { print, shown, type Row } from '../output.js';

/** `oms webhooks`: endpoints and what was delivered to them. */
export function addWebhooksCommand(program: Command, connect: () => ApiClient): void {
  const webhooks = program.command('webhooks').description('webhook endpoints and deliveries');
  webhooks
    .command('endpoints', { isDefault: true })
    .description('all endpoints')
    .option('--json', 'JSON instead of a table')
    .action(async ({ json }: { json?: boolean }) => {
      const { items } = await connect().get<{ items: Row[] }>('webhook-endpoints');
      print(items, columns('id', 'url', 'ordering', 'enabled'), { json: json ?? false });
    });
  webhooks
    .command('deliveries')
    .description('what was sent, and what came back')
    .option('--json', 'JSON instead of a table')
    .option('--endpoint <id>', 'only to this endpoint')
    .option('--status <status>', 'only with this status')
    .option('--limit <n>', 'how many', '50')
    .action(async ({ json, ...query }: { json?: boolean; endpoint?: string; status?: string; limit: string }) => {
      const { items } = await connect().get<{ items: Row[] }>('webhook-deliveries', query);
      print(items, columns('id', 'endpoint', 'event', 'status', 'attempts'), { json: json ?? false });
    });
  webhooks
    .command('replay <delivery>')
    .description('send one delivery again')
    .action(async (delivery: string) => {
      await connect().post(`webhook-deliveries/${encodeURIComponent(delivery)}/replay`);
      console.log('It is being sent again.');
    });
}

const columns = (...names: readonly string[]) =>
  names.map((heading) => ({
    heading,
    value: (item: Row) => (Array.isArray(item[heading]) ? (item[heading] as unknown[]).length : shown(item[heading])),
  }));
