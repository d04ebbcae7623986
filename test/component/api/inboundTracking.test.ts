import { unknownShipment } from '../../../src/domain/shipment/shipment.js';
import { useApi } from './support/api.js';
import { parcel } from './support/orders.js';
import { signedBy } from './support/signed.js';

const api = useApi();

const at = '2026-11-24T10:00:00.000Z';
const event = (status: string, change: object = {}) => ({ shipmentId: 'R1P1', status, at, ...change });
const push = (events: readonly object[], code = 'swift', options: object = {}) =>
  api.post(`/v1/inbound/carriers/${code}`, { events }, options);

let secret = '';

beforeAll(async () => {
  const { packages } = api.dependencies().records;
  const shipped = (carrier: string, number: string) => ({
    state: 'shipped' as const,
    shipment: { ...unknownShipment(number), carrier, trackingNumber: 'T1' },
  });
  await packages.save(parcel('R1', 1, shipped('swift', 'R1P1')), 1);
  await packages.save(parcel('R2', 1, shipped('other', 'R2P1')), 1);
  const created = await api.put('/v1/carriers/swift', {
    ...{ name: 'Swift', adapter: 'manual', statuses: { ON_VAN: 'out_for_delivery' } },
  });
  secret = created.body['secret'] as string;
});

beforeEach(() => {
  api.workflows.tracked.length = 0;
});

test("news reaches the package in our words, the brand's own before ours; unknown shipments are named", async () => {
  const answer = await push([
    event('ON_VAN', { description: 'With the courier' }),
    event('DELIVERED', { shipmentId: 'R9P1' }),
    event('DELIVERED', { shipmentId: 'R2P1' }),
  ]);

  expect(answer).toMatchObject({ status: 202, body: { packages: 1, unknown: ['R9P1', 'R2P1'] } });
  expect(api.workflows.tracked).toEqual([
    { number: 'R1P1', told: [{ status: 'out_for_delivery', rawCode: 'ON_VAN', at, description: 'With the courier' }] },
  ]);
});

test('what is known already goes no further', async () => {
  const { packages } = api.dependencies().records;
  const known = { status: 'in_transit' as const, rawCode: 'SHIPPING', at };
  const shipment = { ...unknownShipment('R3P1'), carrier: 'swift', trackingNumber: 'T3', events: [known] };
  await packages.save(parcel('R3', 1, { state: 'shipped', shipment }), 1);

  const answer = await push([event('SHIPPING', { shipmentId: 'R3P1' }), event('SHIPPING', { shipmentId: 'R3P1' })]);

  expect(answer).toMatchObject({ status: 202, body: { packages: 0, unknown: [] } });
  expect(api.workflows.tracked).toEqual([]);
});

test('a code that means nothing to us is kept and reported, until the carrier says what it means', async () => {
  await push([event('WENT_FOR_A_WALK')]);
  await push([event('WENT_FOR_A_WALK', { at: '2026-11-24T11:00:00Z' })]);
  expect(api.workflows.tracked[0]).toMatchObject({ told: [{ status: 'unknown', rawCode: 'WENT_FOR_A_WALK' }] });

  const { body } = await api.get('/v1/reports/unknown-statuses');
  expect(body['items']).toMatchObject([{ carrier: 'swift', rawCode: 'WENT_FOR_A_WALK', count: 2, package: 'R1P1' }]);

  const found = await api.get('/v1/carriers/swift');
  const statuses = { ON_VAN: 'out_for_delivery', WENT_FOR_A_WALK: 'in_transit' };
  const changed = { name: 'Swift', adapter: 'manual', statuses };
  const headers = { 'if-match': found.headers.get('etag') ?? '' };
  expect((await api.put('/v1/carriers/swift', changed, { headers })).status).toBe(200);
  expect((await api.get('/v1/reports/unknown-statuses')).body['items']).toEqual([]);
});

describe('signed by the carrier', () => {
  const signed = (body: string, by = secret) => api.ask('POST', '/v1/inbound/carriers/swift', signedBy(by, body));

  test('with the secret that was shown when it was created', async () => {
    expect((await signed(JSON.stringify({ events: [event('DELIVERED')] }))).status).toBe(202);
    expect(api.workflows.tracked).toMatchObject([{ number: 'R1P1' }]);
  });

  test('a new secret makes the old one worthless, and is never shown again', async () => {
    const rotated = await api.post('/v1/carriers/swift/rotate-secret');
    const fresh = rotated.body['secret'] as string;
    const body = JSON.stringify({ events: [event('DELIVERED')] });

    expect((await signed(body)).status).toBe(401);
    expect((await signed(body, fresh)).status).toBe(202);
    expect(JSON.stringify((await api.get('/v1/carriers/swift')).body)).not.toContain(fresh);
  });
});

test.each([
  ['no events', [], 'swift', 400],
  ['an unknown field', [event('DELIVERED', { weight: 1 })], 'swift', 400],
  ['a time that is none', [event('DELIVERED', { at: 'yesterday' })], 'swift', 400],
  ['a carrier that there is not', [event('DELIVERED')], 'nobody', 404],
])('%s: %j to %s is refused', async (_case, events, code, status) => {
  expect((await push(events, code)).status).toBe(status);
  expect(api.workflows.tracked).toEqual([]);
});
