import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';

import type { Shipment } from '../domain/shipment/shipment.js';
import { hearNews } from '../domain/shipment/tracking.js';
import { OmsError } from '../platform/errors.js';
import type { CarrierDependencies } from './carrierDependencies.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const SHORTEST_DELAY_MS = 1_000;

export interface TrackingRequest {
  readonly package: string;
  /** As known so far. */
  readonly shipment: Shipment;
  /** When something was last heard of it. */
  readonly since: string;
}

/**
 * One poll. Answers the shipment with its news merged in; without news it fails and names the time of the
 * next poll, so that waiting for a parcel costs no history.
 */
export async function pollShipment(
  { carriers, settings, client, now }: Pick<CarrierDependencies, 'carriers' | 'settings' | 'client' | 'now'>,
  { package: number, shipment, since }: TrackingRequest,
): Promise<Shipment> {
  const carrier = shipment.carrier === null ? null : await carriers.find(shipment.carrier);
  if (!carrier) throw new OmsError('carrier.unreachable', `${number}: there is no carrier ${shipment.carrier ?? ''}`);
  const told = carrier.adapter === 'manual' ? [] : await client.track(carrier, shipment);
  const news = hearNews(shipment, told);
  if (news) return news;
  const { trackingExpireDays, trackingPollMinutes } = await settings.read();
  if (now().getTime() - Date.parse(since) > trackingExpireDays * DAY_MS) return { ...shipment, status: 'expired' };
  throw ApplicationFailure.create({
    type: 'tracking.no_news',
    message: `No news of ${shipment.trackingNumber ?? number}`,
    category: ApplicationFailureCategory.BENIGN,
    nextRetryDelay: Math.max(SHORTEST_DELAY_MS, trackingPollMinutes * MINUTE_MS),
  });
}
