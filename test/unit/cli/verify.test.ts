import { verify } from '../../../src/cli/verify/verify.js';
import type { Target } from '../../../src/cli/verify/targets.js';
import type { Violation } from '../../../src/domain/verify/books.js';
import { OmsError } from '../../../src/platform/errors.js';

const wrong: Violation = { invariant: 6, objects: ['location/S1'], detail: 'it is wrong', todo: 'look' };
const noAnswer = () => Promise.reject(new OmsError('service.unavailable', 'nobody answers'));

/** Looks go this way, one after the other; the last one is repeated. */
function target(name: string, ...looks: readonly (() => Promise<Violation[]>)[]): Target {
  let at = 0;
  return { name, look: () => (looks[Math.min(at++, looks.length - 1)] ?? noAnswer)() };
}

// eslint-disable-next-line @typescript-eslint/require-await -- what is looked at is read from databases
async function* list(...targets: readonly Target[]): AsyncGenerator<Target> {
  yield* targets;
}

const clean = () => Promise.resolve([]);
const options = { graceMs: 1, tell: () => undefined };

test('what looked wrong for a moment is not reported, what stays wrong is', async () => {
  const found = await verify(
    list(
      target('a', clean),
      target('b', () => Promise.resolve([wrong]), clean),
      target('c', () => Promise.resolve([wrong])),
    ),
    options,
  );

  expect(found).toEqual({ looked: 3, violations: [wrong], isComplete: true });
});

test('what does not answer for a moment is looked at again', async () => {
  const found = await verify(list(target('order/R1', noAnswer, clean)), options);

  expect(found).toMatchObject({ looked: 1, violations: [] });
});

test('what never answers is reported with its name', async () => {
  const found = await verify(list(target('order/R1', noAnswer)), options);

  expect(found.violations).toMatchObject([{ invariant: 11, objects: ['order/R1'], detail: 'nobody answers' }]);
});

test('when nobody answers at all, it ends with why', async () => {
  const silent = Array.from({ length: 100 }, (_, at) => target(`order/R${at}`, noAnswer));

  await expect(verify(list(...silent), options)).rejects.toMatchObject({ code: 'service.unavailable' });
});
