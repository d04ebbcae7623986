import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';

import type { Carrier } from '../domain/configuration/integrations.js';
import type { Shipment, TrackingEvent } from '../domain/shipment/shipment.js';
import { nextPollMs } from '../domain/shipment/polling.js';
import { hearNews } from '../domain/shipment/tracking.js';
import { OmsError } from '../platform/errors.js';
import type { CarrierDependencies } from './carrierDependencies.js';

const DAY_MS = 86_400_000;

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
  dependencies: Pick<CarrierDependencies, 'carriers' | 'settings' | 'client' | 'unknownCodes' | 'now'>,
  { package: number, shipment, since }: TrackingRequest,
): Promise<Shipment> {
  const { carriers, settings, client, now } = dependencies;
  const carrier = shipment.carrier === null ? null : await carriers.find(shipment.carrier);
  if (!carrier) throw new OmsError('carrier.unreachable', `${number}: there is no carrier ${shipment.carrier ?? ''}`);
  const told = await ask(client, carrier, shipment);
  const isAnswer = !(told instanceof OmsError);
  const news = isAnswer ? hearNews(shipment, told) : null;
  if (news) {
    await noteUnknown(dependencies, number, shipment, news);
    return news;
  }
  const { trackingExpireDays, trackingPollMinutes } = await settings.read();
  const silentMs = now().getTime() - Date.parse(since);
  if (silentMs > trackingExpireDays * DAY_MS) return { ...shipment, status: 'expired' };
  throw ApplicationFailure.create({
    ...(isAnswer
      ? {
          type: 'tracking.no_news',
          message: `No news of ${shipment.trackingNumber ?? number}`,
          category: ApplicationFailureCategory.BENIGN,
        }
      : { type: told.code, message: told.detail }),
    // Also when the carrier is away: Temporal's own back-off counts every poll as a failed attempt, so that
    // after a few of them one hiccup would mean half an hour.
    nextRetryDelay: nextPollMs(trackingPollMinutes, silentMs),
  });
}

/** People can say what a code means, once they know of it. */
async function noteUnknown(
  { unknownCodes, now }: Pick<CarrierDependencies, 'unknownCodes' | 'now'>,
  number: string,
  { carrier, events: known }: Shipment,
  { events }: Shipment,
): Promise<void> {
  for (const { status, rawCode } of events.slice(known.length)) {
    if (status === 'unknown') await unknownCodes.note({ carrier: carrier ?? '', rawCode, package: number }, now());
  }
}

async function ask(
  client: CarrierDependencies['client'],
  carrier: Carrier,
  shipment: Shipment,
): Promise<readonly TrackingEvent[] | OmsError> {
  try {
    return await client.track(carrier, shipment);
  } catch (error) {
    if (error instanceof OmsError) return error;
    throw error;
  }
}
