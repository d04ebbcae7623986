import { EndpointGates, type Leave } from '../../../src/activities/webhooks/endpointGates.js';

let time = 0;
const gates = () => {
  time = 1_000_000;
  return new EndpointGates(() => time);
};

/** Goes in, and out again after so long. */
function run(target: EndpointGates, ms: number, failed = false): void {
  const leave = target.enter('w1');
  time += ms;
  if (typeof leave === 'function') leave(failed);
}

/** Takes all the room that there is, and answers the way out of each. */
function fill(target: EndpointGates): Leave[] {
  const inside: Leave[] = [];
  for (;;) {
    const leave = target.enter('w1');
    if (typeof leave === 'number') return inside;
    inside.push(leave);
  }
}

const failing = () => {
  const target = gates();
  target.note('w1', { isFailing: true });
  return target;
};

describe('room for deliveries to one endpoint', () => {
  test('twenty at once, two while it fails, and as many for every other one', () => {
    const target = gates();

    expect(fill(target)).toHaveLength(20);
    expect(fill(failing())).toHaveLength(2);
    expect(target.enter('w2')).toEqual(expect.any(Function));
  });

  test('tells whether there is any, and takes none by that', () => {
    const target = failing();
    const before = target.hasRoom('w1');
    fill(target);

    expect([before, target.hasRoom('w1'), target.hasRoom('w2')]).toEqual([true, false, true]);
  });

  test('one that leaves makes room for one', () => {
    const target = gates();
    const [leave] = fill(target);

    leave?.(false);

    expect(fill(target)).toHaveLength(1);
  });

  test('who finds none comes back one behind the other, as fast as runs end', () => {
    const target = gates();
    for (let count = 0; count < 50; count++) run(target, 10_000);
    fill(target);

    const waits = [1, 2, 3].map(() => target.enter('w1'));

    // The first that asked in `fill` is before them, and twenty runs of 10 s go on at a time.
    expect(waits.map((wait) => Math.round(Number(wait) / 100))).toEqual([11, 16, 21]);
  });

  test('who finds none at a receiver that answers at once is back within moments, however often it came', () => {
    const target = gates();
    for (let count = 0; count < 50; count++) run(target, 4);
    fill(target);

    for (let count = 0; count < 20; count++) expect(Number(target.enter('w1'))).toBeLessThan(200);
  });

  test('who finds none at a receiver of which nothing is known waits the longer, the longer the first are inside', () => {
    const target = gates();
    fill(target);
    const atOnce = Number(target.enter('w1'));
    time += 10_000;

    const later = [1, 2].map(() => Number(target.enter('w1')));

    expect([atOnce, ...later].map((wait) => Math.round(wait / 100))).toEqual([1, 6, 11]);
  });

  test('nobody waits for more than ten minutes, however many do', () => {
    const target = gates();
    for (let count = 0; count < 50; count++) run(target, 15_000);
    fill(target);

    const waits = Array.from({ length: 2_000 }, () => Number(target.enter('w1')));

    expect(Math.max(...waits)).toBe(600_000);
  });
});

describe('a receiver that fails', () => {
  test('gets two at a time from the run on that failed, and twenty from the one on that did not', () => {
    const [target, other] = [gates(), failing()];
    run(target, 4, true);
    run(other, 4, false);

    expect([fill(target), fill(other)].map(({ length }) => length)).toEqual([2, 20]);
  });

  test('one that made no attempt tells nothing', () => {
    const target = failing();
    const [first] = fill(target);

    first?.(null);

    expect(target.hasRoom('w1')).toBe(true);
    expect(fill(target)).toHaveLength(1);
  });
});
