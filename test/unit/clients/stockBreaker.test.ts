import type { StockEngine, StockRow } from '../../../src/domain/configuration/integrations.js';
import { withBreaker, type EngineHealth } from '../../../src/clients/stockBreaker.js';
import { OmsError } from '../../../src/platform/errors.js';

const engine: StockEngine = {
  ...{ code: 'erp', url: 'http://stock.example/', auth: { type: 'anonymous' }, mode: 'multiple', skuParam: 'sku' },
  ...{ timeoutMs: 1_000, maxSkusPerRequest: 100 },
};
const begun = new Date('2026-11-24T10:00:00Z');
let now = begun;

interface Service {
  asked: number;
  answer: () => Promise<StockRow[]>;
  readonly said: (EngineHealth & { readonly engine: string })[];
  readonly ask: ReturnType<typeof withBreaker>;
}

/** A stock service that does what `answer` says, and counts how often it was asked. */
function open(): Service {
  const said: Service['said'] = [];
  const asking = () => {
    service.asked++;
    return service.answer();
  };
  const changed = (code: string, health: EngineHealth) => void said.push({ ...health, engine: code });
  const service: Service = {
    ...{ said, asked: 0, answer: () => Promise.resolve([{ sku: 'A', location: 'S1', quantity: 1 }]) },
    ask: withBreaker(asking, { now: () => now, changed }),
  };
  return service;
}

const away = () => Promise.reject(new OmsError('stock.unreachable', 'erp answered 503'));

const failures = async (service: Service, count: number): Promise<void> => {
  for (let n = 0; n < count; n++)
    await expect(service.ask(engine, ['A'])).rejects.toMatchObject({ code: 'stock.unreachable' });
};

beforeEach(() => {
  now = begun;
  jest.useFakeTimers();
});
afterEach(() => jest.useRealTimers());

test('four failures and an answer in between change nothing', async () => {
  const service = open();
  const { answer } = service;
  service.answer = away;
  await failures(service, 4);
  service.answer = answer;
  await service.ask(engine, ['A']);
  service.answer = away;
  await failures(service, 4);

  expect([service.asked, service.said]).toEqual([9, []]);
});

test('after five failures in a row it is left alone, and who asks is told so with the last failure', async () => {
  const service = open();
  service.answer = away;
  await failures(service, 5);

  await expect(service.ask(engine, ['A'])).rejects.toMatchObject({
    code: 'stock.unreachable',
    detail: 'erp is not asked for 10 s, since it failed 5 times: erp answered 503',
  });

  expect(service.asked).toBe(5);
  expect(service.said).toEqual([{ engine: 'erp', state: 'open', since: now, detail: 'erp answered 503' }]);
});

test('after the pause one inquiry is tried: answered, all are let through; not answered, it is left alone again', async () => {
  const service = open();
  const { answer } = service;
  service.answer = away;
  await failures(service, 5);
  jest.advanceTimersByTime(10_001);
  now = new Date('2026-11-24T10:00:10Z');
  await failures(service, 2);
  expect(service.asked).toBe(6);
  // It has been away since the first time, not since the trial.
  expect(service.said.at(-1)).toMatchObject({ state: 'open', since: begun });
  jest.advanceTimersByTime(10_001);
  service.answer = answer;

  expect(await service.ask(engine, ['A'])).toEqual([{ sku: 'A', location: 'S1', quantity: 1 }]);
  await service.ask(engine, ['A']);

  expect(service.asked).toBe(8);
  expect(service.said.at(-1)).toEqual({ engine: 'erp', state: 'ok', since: now, detail: null });
});

test('answers that cannot be trusted are answers, and other engines are not concerned', async () => {
  const service = open();
  service.answer = () => Promise.reject(new OmsError('stock.malformed_answer', 'no list'));
  for (let n = 0; n < 10; n++) await expect(service.ask(engine, ['A'])).rejects.toThrow('no list');
  service.answer = away;
  await failures(service, 6);
  const asked = service.asked;

  await expect(service.ask({ ...engine, code: 'other' }, ['A'])).rejects.toThrow('erp answered 503');

  expect(service.asked).toBe(asked + 1);
});
