import type { TrackingEvent } from '../../../../src/domain/shipment/shipment.js';
import type { CommandMeta } from '../../../../src/clients/commandSender.js';
import type { EndedPackage } from '../../../../src/clients/lateRun.js';
import type { Orchestrator } from '../../../../src/clients/orchestrator.js';
import type { Order } from '../../../../src/domain/order/order.js';
import type { Announcement } from '../../../../src/workflows/outbox.js';

interface Sent {
  readonly number: string;
  readonly command: object;
  readonly meta: CommandMeta;
  readonly waits: boolean;
}

/** Stands in for the workflows: remembers what it was asked, and answers what the test wants. */
export function createFakeOrchestrator() {
  const started: Order[] = [];
  const sent: Sent[] = [];
  const delivered: { id: string; announcements: readonly Announcement[] }[] = [];
  const trials: string[] = [];
  const woken: string[] = [];
  const tracked: { number: string; told: readonly TrackingEvent[] }[] = [];
  const fake = {
    trials,
    woken,
    started,
    sent,
    delivered,
    tracked,
    /** What the next commands come to; throws to refuse. */
    onCommand: (_number: string): unknown => {
      throw new Error('no command was expected');
    },
    onStart: (): void => undefined,
  };
  const ask = (waits: boolean) => (number: string, command: object, meta: CommandMeta) => {
    sent.push({ number, command, meta, waits });
    return new Promise((resolve) => resolve(waits ? fake.onCommand(number) : undefined));
  };
  const orchestrator = {
    startOrder: (order: Order) => {
      fake.onStart();
      started.push(order);
      return Promise.resolve(true);
    },
    commandPackage: ask(true),
    commandEndedPackage: ({ record }: EndedPackage, command: object, meta: CommandMeta) =>
      ask(true)(record.number, command, meta),
    signalEndedPackage: ({ record }: EndedPackage, command: object, meta: CommandMeta) =>
      ask(false)(record.number, command, meta),
    commandTransfer: ask(true),
    commandOrder: ask(true),
    signalPackage: ask(false),
    signalTransfer: ask(false),
    signalOrder: ask(false),
    tellTracking: (number: string, told: readonly TrackingEvent[]) => {
      tracked.push({ number, told });
      return Promise.resolve(true);
    },
    deliver: (id: string, announcements: readonly Announcement[]) => {
      delivered.push({ id, announcements });
      return Promise.resolve();
    },
    startTrial: (id: string) => {
      trials.push(id);
      return Promise.resolve();
    },
    wakeOrder: (number: string) => {
      woken.push(number);
      return Promise.resolve();
    },
    tellOverdue: () => Promise.resolve(),
    trialStatus: () => Promise.resolve('RUNNING'),
  } as Orchestrator;
  return { fake, orchestrator };
}
