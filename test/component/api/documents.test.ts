import { pdfText } from '../../support/pdfText.js';
import { ADMIN_KEY, useApi } from './support/api.js';
import { orderBody, parcel } from './support/orders.js';

const api = useApi();

beforeAll(async () => {
  expect((await api.post('/v1/orders', orderBody('R1'))).status).toBe(201);
  const { packages } = api.dependencies().records;
  for (const n of [1, 2]) await packages.save(parcel('R1', n, { location: `S${n}` }), 1);
});

async function pdfOf(path: string, key = ADMIN_KEY) {
  const answer = await fetch(`${api.url()}${path}`, { headers: { authorization: `Bearer ${key}` } });
  return { type: answer.headers.get('content-type'), name: answer.headers.get('content-disposition'), answer };
}

test.each(['packing-slip', 'pick-list'])('GET /packages/{number}/%s answers 200 with a PDF', async (kind) => {
  const { type, name, answer } = await pdfOf(`/v1/packages/R1P1/${kind}`);

  expect([answer.status, type, name]).toEqual([200, 'application/pdf', `inline; filename="R1P1-${kind}.pdf"`]);
  expect((await pdfText(new Uint8Array(await answer.arrayBuffer())))[0]).toContain('R1P1');
});

test.each(['packing-slips', 'pick-list'])('GET /packages/%s answers 200 with all packages', async (kind) => {
  const { answer } = await pdfOf(`/v1/packages/${kind}?number=R1P1&number=R1P2&language=tr`);

  const pages = await pdfText(new Uint8Array(await answer.arrayBuffer()));
  expect(pages).toHaveLength(2);
  expect(pages.join(' ')).toMatch(/R1P1.*R1P2/s);
});

test('404: a package of a location that a store does not see, alone and in a batch', async () => {
  const { body } = await api.post('/v1/keys', { name: 'S1', role: 'store', locations: ['S1'] });
  const key = body.key as string;

  const statuses = [
    await pdfOf('/v1/packages/R1P1/packing-slip', key),
    await pdfOf('/v1/packages/R1P2/packing-slip', key),
    await pdfOf('/v1/packages/packing-slips?number=R1P1&number=R1P2', key),
  ].map(({ answer }) => answer.status);

  expect(statuses).toEqual([200, 404, 404]);
});

test.each([
  ['no number', 'packing-slips', 400],
  ['a number that is none', 'packing-slips?number=x', 400],
  ['another language', 'pick-list?number=R1P1&language=fr', 400],
  ['a package that there is not', 'pick-list?number=R9P1', 404],
])('%s', async (_what, path, status) => {
  expect((await api.get(`/v1/packages/${path}`, { headers: { accept: '*/*' } })).status).toBe(status);
});

test('406: a caller that takes JSON only', async () => {
  const { status } = await api.get('/v1/packages/R1P1/packing-slip', { headers: { accept: 'application/json' } });

  expect(status).toBe(406);
});
