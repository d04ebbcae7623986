import { randomUUID } from 'node:crypto';

import type { OmsApi } from './omsApi.js';

/** Marks our endpoint among those of other programs, also when we come back at another address. */
const MARK = 'x-receiver';
const NAME = 'erp-simulator';

interface Endpoint {
  readonly id: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Registers where events are announced, or moves the registration here. Answers the secret that signs from now on. */
export async function registerEndpoint(api: OmsApi, url: string): Promise<string> {
  const known = await findOurs(api);
  if (!known) {
    const { status, body } = await api('POST', '/webhook-endpoints', {
      body: {
        url,
        eventTypes: ['*'],
        headers: { [MARK]: NAME },
        retry: { strategy: 'fixed', delaySeconds: 2, maxAttempts: 50 },
      },
      // Should the answer be lost, the repeat gets the same one, with the same secret.
      headers: { 'idempotency-key': randomUUID() },
    });
    if (status !== 201) throw new Error(`The endpoint was not registered: ${status} ${JSON.stringify(body)}`);
    return (body as { secret: string }).secret;
  }
  const { etag } = await api('GET', `/webhook-endpoints/${known.id}`);
  await api('PATCH', `/webhook-endpoints/${known.id}`, {
    body: { url, enabled: true },
    headers: { 'if-match': etag ?? '' },
  });
  // A secret is shown once, and the run that saw it is over.
  const { status, body } = await api('POST', `/webhook-endpoints/${known.id}/rotate-secret`, {
    body: { overlapSeconds: 0 },
  });
  if (status !== 200) throw new Error(`There is no new secret: ${status} ${JSON.stringify(body)}`);
  return (body as { secret: string }).secret;
}

async function findOurs(api: OmsApi): Promise<Endpoint | undefined> {
  let cursor = '';
  do {
    const { body } = await api('GET', `/webhook-endpoints?limit=200${cursor}`);
    const { items, next } = body as { items: Endpoint[]; next: string | null };
    const ours = items.find(({ headers }) => headers[MARK] === NAME);
    if (ours) return ours;
    cursor = next === null ? '' : `&cursor=${encodeURIComponent(next)}`;
  } while (cursor !== '');
  return undefined;
}
