import { OmsError } from '../../platform/errors.js';
import { deliveryParams, deliveryView, replayCount, replayRange } from '../../schemas/webhookDelivery.js';
import { MAY } from '../auth/roles.js';
import { occasionOf } from '../commandMeta.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { findOwn } from '../webhookEndpoints/access.js';
import { findDelivery } from './findDelivery.js';
import { sendAgain } from './sendAgain.js';

type Dependencies = Pick<ApiDependencies, 'records' | 'configuration' | 'orchestrator' | 'now'>;

// A day of a busy endpoint; more is asked for in several ranges.
const MOST_AT_ONCE = 5_000;

const common = { tag: 'Webhooks', roles: MAY.ownWebhooks, idempotent: true };

export const replayDelivery = (dependencies: Dependencies) =>
  endpoint({
    ...common,
    method: 'post',
    path: '/webhook-deliveries/{id}/replay',
    summary: 'Send it again, whatever became of it',
    request: { params: deliveryParams },
    replies: { 202: deliveryView },
    errors: ['resource.not_found', 'webhook.endpoint_disabled'],
    handle: async ({ params: { id }, caller, headers }) => {
      const found = await findDelivery(dependencies, id, caller);
      const target = await findOwn(dependencies.configuration.webhookEndpoints, found.endpoint, caller);
      await sendAgain(dependencies, target, [found], occasionOf(caller, headers, id));
      return { status: 202, body: (await dependencies.records.deliveries.find(id)) ?? found };
    },
  });

export const replayDeliveries = (dependencies: Dependencies) =>
  endpoint({
    ...common,
    method: 'post',
    path: '/webhook-deliveries/replay',
    summary: 'Send those of an endpoint again that began within a time',
    request: { body: replayRange },
    replies: { 202: replayCount },
    errors: ['resource.not_found', 'request.unprocessable', 'webhook.endpoint_disabled'],
    handle: async ({ body: { endpoint: id, from, to, status }, caller, headers }) => {
      const target = await findOwn(dependencies.configuration.webhookEndpoints, id, caller);
      const found = await dependencies.records.deliveries.between(id, from, to, status);
      if (found.length > MOST_AT_ONCE) throw tooMany(found.length);
      await sendAgain(dependencies, target, found, occasionOf(caller, headers, id));
      return { status: 202, body: { count: found.length } };
    },
  });

const tooMany = (count: number) =>
  new OmsError('request.unprocessable', `These are ${count} deliveries; ask for at most ${MOST_AT_ONCE} at once`, {
    errors: [{ pointer: '/from', detail: 'must be nearer to `to`' }],
  });
