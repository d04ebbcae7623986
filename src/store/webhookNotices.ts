import type { Model } from 'mongoose';

import type { Notice } from '../domain/webhooks/notice.js';
import { ownFilter } from './ownFilter.js';
import type { StoredEndpoint } from './webhookEndpointModel.js';

/** Keys of announced notices that are remembered for each endpoint, so that a late repeat is known as one. */
const REMEMBERED = 1_000;

/**
 * What happens to endpoints, kept in their documents until it is announced, so that a change and its announcement are
 * one write and none is lost or doubled when a process dies.
 */
export function noticesOf(model: Model<StoredEndpoint>) {
  return {
    /** Takes down what happened. False when it is known, or the endpoint is gone. */
    async note(id: string, notice: Omit<Notice, 'sequence'>): Promise<boolean> {
      const unknown = { 'notices.key': { $ne: notice.key }, told: { $ne: notice.key } };
      const { modifiedCount } = await model.updateOne(
        ownFilter<StoredEndpoint>({ _id: id, ...unknown }),
        [{ $set: withNotice(notice) }],
        { updatePipeline: true },
      );
      return modifiedCount === 1;
    },

    /** Endpoints with notices, those of each in the order of their sequence. */
    async noted(id?: string): Promise<{ readonly id: string; readonly notices: readonly Notice[] }[]> {
      const found = await model
        .find(ownFilter<StoredEndpoint>({ 'notices.0': { $exists: true }, ...(id !== undefined && { _id: id }) }))
        .lean<StoredEndpoint[]>();
      return found.map(({ _id, notices }) => ({ id: _id, notices }));
    },

    /** It is announced. */
    async noticeTold(id: string, key: string): Promise<void> {
      await model.updateOne(ownFilter<StoredEndpoint>({ _id: id, 'notices.key': key }), {
        $pull: { notices: { key } },
        $push: { told: { $each: [key], $slice: -REMEMBERED } },
      });
    },
  };
}

/** The fields of an endpoint's document that take a notice, for an update by pipeline. */
export function withNotice(notice: Omit<Notice, 'sequence'>) {
  const sequence = { $add: [{ $ifNull: ['$eventCount', 0] }, 1] };
  const fields = Object.fromEntries(Object.entries(notice).map(([name, value]) => [name, { $literal: value }]));
  return {
    eventCount: sequence,
    notices: { $concatArrays: [{ $ifNull: ['$notices', []] }, [{ ...fields, sequence }]] },
  };
}
