import { allHandlersFinished, CancellationScope, condition } from '@temporalio/workflow';
import type { Duration } from '@temporalio/common';

import type { Subscription } from '../domain/webhooks/subscriptions.js';
import { webhooks } from './activities.js';

export type Announcement = Subscription;

/**
 * Announces recorded events without holding up the work. One activity per step and endpoint; for an
 * endpoint that wants order, one at a time, which takes along what gathers meanwhile.
 */
export class Outbox {
  /** By endpoint: what waits until it is free, or for the next run. */
  private readonly gathered = new Map<string, Announcement>();
  private readonly held: Announcement[] = [];
  private readonly busy = new Set<string>();
  private readonly underWay = new Set<CancellationScope>();
  private isPaused = false;

  /** Keeps announcements to send them together with the next ones: fewer, fuller deliveries. */
  hold(announcements: readonly Announcement[]): void {
    this.held.push(...announcements);
  }

  announce(announcements: readonly Announcement[]): void {
    for (const announcement of merge([...this.held.splice(0), ...announcements])) {
      if (announcement.ordering === 'none' && !this.isPaused) void this.send(announcement);
      else {
        this.gather([...this.waiting(announcement.endpoint), announcement]);
        void this.sendGathered(announcement.endpoint);
      }
    }
  }

  /**
   * Sends nothing more, and takes back what can be taken back: an attempt that is being made is waited for. What is
   * not delivered then is `undelivered`, and nobody but the next run delivers it.
   */
  pause(): void {
    this.isPaused = true;
    for (const scope of this.underWay) scope.cancel();
  }

  /** Nothing is under way any more. */
  get isQuiet(): boolean {
    return this.underWay.size === 0;
  }

  /** What nobody has been told of yet, one entry for each endpoint. To be asked when it is paused and quiet. */
  get undelivered(): Announcement[] {
    return merge([...this.gathered.values(), ...this.held]);
  }

  /** Resolves when every announcement is delivered or given up, also of commands that come meanwhile. */
  async drained(): Promise<void> {
    this.resume();
    const isOver = () => this.isDrained && allHandlersFinished();
    if (!isOver()) await condition(isOver);
  }

  /** False when announcements are still under way after this time. */
  async drainedWithin(timeout: Duration): Promise<boolean> {
    this.resume();
    return this.isDrained || condition(() => this.isDrained, timeout);
  }

  private get isDrained(): boolean {
    return this.isQuiet && this.gathered.size === 0;
  }

  private resume(): void {
    this.isPaused = false;
    for (const endpoint of this.gathered.keys()) void this.sendGathered(endpoint);
  }

  private gather(announcements: readonly Announcement[]): void {
    for (const announcement of merge(announcements)) this.gathered.set(announcement.endpoint, announcement);
  }

  private waiting(endpoint: string): Announcement[] {
    const waiting = this.gathered.get(endpoint);
    return waiting ? [waiting] : [];
  }

  private async sendGathered(endpoint: string): Promise<void> {
    if (this.busy.has(endpoint)) return;
    this.busy.add(endpoint);
    for (let next = this.takeGathered(endpoint); next; next = this.takeGathered(endpoint)) await this.send(next);
    this.busy.delete(endpoint);
  }

  private takeGathered(endpoint: string): Announcement | undefined {
    if (this.isPaused) return undefined;
    const gathered = this.gathered.get(endpoint);
    this.gathered.delete(endpoint);
    return gathered;
  }

  /** Whoever cancels the workflow cancels no delivery: only a pause calls one off. */
  private send(announcement: Announcement): Promise<void> {
    const { endpoint, events } = announcement;
    return CancellationScope.nonCancellable(async () => {
      const scope = new CancellationScope();
      this.underWay.add(scope);
      try {
        await scope.run(() => webhooks().deliverEvents({ endpoint, events: [...events] }));
      } catch {
        // Otherwise only a person ends a delivery this way (terminated in Temporal); the delivery log keeps it.
        // What is taken back comes before what has gathered since.
        if (scope.consideredCancelled) this.gather([announcement, ...this.waiting(endpoint)]);
      } finally {
        this.underWay.delete(scope);
      }
      // Put back although the pause is over: the work came to its end meanwhile.
      if (this.gathered.has(endpoint)) void this.sendGathered(endpoint);
    });
  }
}

function merge(announcements: readonly Announcement[]): Announcement[] {
  const merged = new Map<string, Announcement>();
  for (const announcement of announcements) {
    const known = merged.get(announcement.endpoint);
    merged.set(announcement.endpoint, { ...announcement, events: [...(known?.events ?? []), ...announcement.events] });
  }
  return [...merged.values()];
}
