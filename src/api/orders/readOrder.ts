import { orderDetail, orderParams } from '../../schemas/orderRequests.js';
import { toReportView } from '../../schemas/omnitron/reportView.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint } from '../endpoint.js';
import { findOrder } from './orderAccess.js';
import { viewOrder } from './viewOrder.js';

export const readOrder = ({ records }: Pick<ApiDependencies, 'records'>) =>
  endpoint({
    method: 'get',
    path: '/orders/{number}',
    tag: 'Orders',
    summary: 'Read an order: where each unit is, its packages, what happened',
    roles: MAY.readOrders,
    request: { params: orderParams },
    replies: { 200: orderDetail },
    errors: ['resource.not_found'],
    handle: async ({ params: { number }, caller }) => {
      const { record, packages } = await findOrder(records, number, caller);
      const [view, timeline, report] = await Promise.all([
        viewOrder(records, record, packages),
        records.events.timeline(number),
        records.omnitronReports.find(number),
      ]);
      const omnitron = report && toReportView(report);
      return { status: 200, body: { ...view, timeline, omnitron } };
    },
  });
