import { EndpointGates } from '../../../src/activities/webhooks/endpointGates.js';

let time = 0;
const gates = () => {
  time = 1_000_000;
  return new EndpointGates(() => time);
};

/** Goes in, and out again after so long. */
function run(target: EndpointGates, ms: number): void {
  target.note('w1', { isFailing: true });
  const leave = target.enter('w1');
  time += ms;
  if (typeof leave === 'function') leave();
}

/** Takes all the room that there is, and answers the way out of each. */
function fill(target: EndpointGates, isFailing: boolean): (() => void)[] {
  const inside: (() => void)[] = [];
  target.note('w1', { isFailing });
  for (;;) {
    const leave = target.enter('w1');
    if (typeof leave === 'number') return inside;
    inside.push(leave);
  }
}

describe('room for deliveries to one endpoint', () => {
  test('twenty at once, two while it fails, and as many for every other one', () => {
    const target = gates();

    expect(fill(target, false)).toHaveLength(20);
    expect(fill(gates(), true)).toHaveLength(2);
    expect(target.enter('w2')).toEqual(expect.any(Function));
  });

  test('tells whether there is any, and takes none by that', () => {
    const target = gates();
    const before = target.hasRoom('w1');
    fill(target, true);

    expect([before, target.hasRoom('w1'), target.hasRoom('w2')]).toEqual([true, false, true]);
  });

  test('one that leaves makes room for one', () => {
    const target = gates();
    const [leave] = fill(target, true);

    leave?.();

    expect(fill(target, true)).toHaveLength(1);
  });

  test('who finds none comes back one behind the other, as fast as runs end', () => {
    const target = gates();
    for (let count = 0; count < 50; count++) run(target, 10_000);
    fill(target, true);

    const waits = [1, 2, 3].map(() => target.enter('w1'));

    // The first that asked in `fill` is before them, and two runs of 10 s go on at a time.
    expect(waits.map((wait) => Math.round(Number(wait) / 1_000))).toEqual([10, 15, 20]);
  });

  test('who finds none at a receiver that answers at once is back within moments, however often it came', () => {
    const target = gates();
    for (let count = 0; count < 50; count++) run(target, 4);
    fill(target, true);

    for (let count = 0; count < 20; count++) expect(Number(target.enter('w1'))).toBeLessThan(200);
  });

  test('nobody waits for more than ten minutes, however many do', () => {
    const target = gates();
    for (let count = 0; count < 50; count++) run(target, 15_000);
    fill(target, true);

    const waits = Array.from({ length: 1_000 }, () => Number(target.enter('w1')));

    expect(Math.max(...waits)).toBe(600_000);
  });
});
