// The calls to the OMS that an ERP needs.

/** States in which a store has something to do. */
const OPEN = ['waiting', 'preparing', 'ready_for_packaging', 'packed'];

export function createOms(url, key) {
  async function call(method, path, body, headers = {}) {
    const response = await fetch(new URL(`/v1/${path}`, url), {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
      signal: AbortSignal.timeout(30_000),
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer = await response.json();
    return { status: response.status, answer };
  }

  async function must(method, path, body, headers) {
    const { status, answer } = await call(method, path, body, headers);
    if (status >= 400) throw new Error(`${method} ${path}: ${status} ${answer.detail ?? answer.title}`);
    return answer;
  }

  return {
    /** Has events sent to us; the secret is told only now. */
    async register(hook) {
      const wanted = { url: hook, eventTypes: ['*'], ordering: 'per_subject' };
      const { id, secret } = await must('POST', 'webhook-endpoints', wanted, { 'idempotency-key': `register ${hook}` });
      return { id, secret };
    },

    /** Events after a place in the log; without one from its beginning. */
    events: (after) => must('GET', `events?limit=200${after ? `&after=${encodeURIComponent(after)}` : ''}`),

    package: (number) => must('GET', `packages/${encodeURIComponent(number)}`),

    /** Numbers of all packages with something to do. */
    async openPackages() {
      const numbers = [];
      for (const state of OPEN) {
        let cursor = '';
        do {
          const { items, next } = await must('GET', `packages?state=${state}&limit=200${cursor}`);
          numbers.push(...items.map(({ number }) => number));
          cursor = next === null ? '' : `&cursor=${encodeURIComponent(next)}`;
        } while (cursor !== '');
      }
      return numbers;
    },

    /**
     * Sends a command. Its key is made from the package, its version and the command: when we were killed after sending
     * it, the same key brings the same answer and nothing happens twice.
     */
    command: (number, version, command, details) =>
      call(
        'POST',
        `packages/${encodeURIComponent(number)}/commands`,
        { command, ...details },
        { 'idempotency-key': `${number} ${version} ${command}` },
      ),
  };
}
