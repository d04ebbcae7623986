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
  addEndpointCommands(webhooks, connect);
  addDeliveryCommands(webhooks, connect);
}

function addEndpointCommands(webhooks: Command, connect: () => ApiClient): void {
  webhooks
    .command('create <url>')
    .description('have events announced; prints the secret, which is shown only now')
    .option('--types <types>', 'event types, with commas between them', '*')
    .option('--ordering <ordering>', 'none or per_subject', 'none')
    .option('--payload <style>', 'oms or akinon', 'oms')
    .action(async (url: string, { types, ...wanted }: { types: string; ordering: string; payload: string }) => {
      const body = { url, eventTypes: types.split(','), ...wanted };
      const { id, secret } = await connect().post<{ id: string; secret: string }>('webhook-endpoints', body);
      console.log(`${id}\nsecret: ${secret}`);
    });
  webhooks
    .command('test <endpoint>')
    .description('send it a test event')
    .action(async (endpoint: string) => {
      const path = `webhook-endpoints/${encodeURIComponent(endpoint)}/test`;
      const { delivery } = await connect().post<{ delivery: string }>(path);
      console.log(`Sent; how it goes: oms webhooks deliveries --endpoint ${endpoint} (${delivery})`);
    });
  webhooks
    .command('rotate-secret <endpoint>')
    .description('sign with a new secret; prints it')
    .option('--overlap <seconds>', 'how long the secret before it signs as well', '86400')
    .action(async (endpoint: string, { overlap }: { overlap: string }) => {
      const path = `webhook-endpoints/${encodeURIComponent(endpoint)}/rotate-secret`;
      const { secret } = await connect().post<{ secret: string }>(path, { overlapSeconds: Number(overlap) });
      console.log(`secret: ${secret}`);
    });
}

function addDeliveryCommands(webhooks: Command, connect: () => ApiClient): void {
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
  webhooks
    .command('replay-range <endpoint>')
    .description('send again what was first sent to an endpoint within a time')
    .requiredOption('--from <instant>', 'in UTC with Z')
    .requiredOption('--to <instant>', 'not included')
    .option('--status <status>', 'only with this status, such as exhausted')
    .action(async (endpoint: string, range: { from: string; to: string; status?: string }) => {
      const { count } = await connect().post<{ count: number }>('webhook-deliveries/replay', { endpoint, ...range });
      console.log(`${count} are being sent again.`);
    });
}

const columns = (...names: readonly string[]) =>
  names.map((heading) => ({
    heading,
    value: (item: Row) => (Array.isArray(item[heading]) ? (item[heading] as unknown[]).length : shown(item[heading])),
  }));
