import { toTrackingEvent } from '../../clients/carriers/shipmentFlow.js';
import type { Carrier } from '../../domain/configuration/integrations.js';
import type { TrackingEvent } from '../../domain/shipment/shipment.js';
import { hearNews } from '../../domain/shipment/tracking.js';
import { trackingPush, trackingPushAnswer } from '../../schemas/carrier.js';
import { codeParams } from '../../schemas/codeParams.js';
import { MAY } from '../auth/roles.js';
import type { ApiDependencies } from '../dependencies.js';
import { endpoint, type Signer } from '../endpoint.js';
import { notFound } from '../notFound.js';

type Dependencies = Pick<ApiDependencies, 'records' | 'configuration' | 'orchestrator' | 'now'>;

/** News that is known already goes no further, so that a carrier that tells everything again costs no history. */
export const pushTracking = (dependencies: Dependencies) => {
  const { carriers } = dependencies.configuration;
  return endpoint({
    method: 'post',
    path: '/inbound/carriers/{code}',
    tag: 'Inbound',
    summary: 'Where parcels are, in any order and as often as you like; with a key, or signed',
    roles: MAY.pushTracking,
    idempotent: true,
    signer: async ({ params: { code } }) => signerOf(await carriers.find(code)),
    request: { params: codeParams, body: trackingPush },
    replies: { 202: trackingPushAnswer },
    errors: ['resource.not_found'],
    handle: async ({ params: { code }, body: { events } }) => {
      const carrier = await carriers.find(code);
      if (!carrier) throw notFound('carrier', code);
      const unknown: string[] = [];
      let packages = 0;
      for (const id of new Set(events.map(({ shipmentId }) => shipmentId))) {
        const told = events.filter(({ shipmentId }) => shipmentId === id).map((one) => toTrackingEvent(carrier, one));
        const outcome = await tell(dependencies, carrier, id, told);
        if (outcome === 'unknown') unknown.push(id);
        if (outcome === 'told') packages++;
      }
      return { status: 202, body: { packages, unknown } };
    },
  });
};

async function tell(
  { records, orchestrator, now }: Dependencies,
  carrier: Carrier,
  shipmentId: string,
  told: readonly TrackingEvent[],
): Promise<'told' | 'known' | 'unknown'> {
  const shipment = (await records.packages.find(shipmentId))?.shipment;
  if (!shipment || shipment.carrier !== carrier.code) return 'unknown';
  const news = hearNews(shipment, told);
  if (!news) return 'known';
  const fresh = news.events.slice(shipment.events.length);
  for (const { status, rawCode } of fresh) {
    if (status !== 'unknown') continue;
    await records.unknownCodes.note({ carrier: carrier.code, rawCode, package: shipmentId }, now());
  }
  return (await orchestrator.tellTracking(shipmentId, fresh)) ? 'told' : 'known';
}

/** The carrier signs with the secret that was shown when it was created, and is then its own `erp` key. */
function signerOf(carrier: Carrier | null): Signer | null {
  if (carrier?.pushSecret === undefined) return null;
  const caller = { id: `carrier/${carrier.code}`, role: 'erp' as const, locations: null };
  return { caller, secrets: [carrier.pushSecret] };
}
