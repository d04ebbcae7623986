import { startDemo as startBrand, type DemoOptions } from '../../local/demo/startDemo.js';
import type { Course } from '../../local/demo/orders.js';

export interface Demo {
  readonly addresses: readonly { readonly name: string; readonly url: string }[];
  /** Places the orders and tells, line by line, what each of them is going to show. */
  play(tell: (line: string) => void): Promise<void>;
  stop(): Promise<void>;
}

const SHOWS: Readonly<Record<Course, string>> = {
  single: 'one package',
  split: 'several packages',
  refused: 'the store refuses, and it is planned again',
  parked: 'nobody has it: parked',
  'partly parked': 'in part parked, the rest goes out',
};

/** The simulators and the demonstration brand, told for a terminal. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const demo = await startBrand(options);
  return {
    addresses: demo.addresses,
    stop: () => demo.stop(),
    play: async (tell) => {
      let known = 0;
      await demo.play(({ number, course, isRepeat }) => {
        if (isRepeat) known++;
        else tell(`${number}  ${SHOWS[course]}`);
      });
      if (known > 0) tell(`${known} demonstration orders are there from an earlier start.`);
    },
  };
}
