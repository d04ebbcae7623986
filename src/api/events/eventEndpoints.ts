import { eventPage, eventQuery } from '../../schemas/event.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';

export const eventEndpoints = ({ records: { events } }: Pick<ApiDependencies, 'records'>) => [
  endpoint({
    method: 'get',
    path: '/events',
    tag: 'Events',
    summary: 'Read the event log on from a place: finds and fills what a receiver missed',
    roles: MAY.readConfiguration,
    list: 'after',
    request: { query: eventQuery },
    replies: { 200: eventPage },
    handle: async ({ query }) => ({ status: 200, body: await events.read(query) }),
  }),
];
