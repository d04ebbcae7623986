import { condition } from '@temporalio/workflow';
import type { Duration } from '@temporalio/common';

import type { Subscription } from '../domain/webhooks/subscriptions.js';
import { webhooks } from './activities.js';

export type Announcement = Subscription;

/**
 * Announces recorded events without holding up the work. One activity per step and endpoint; for an
 * endpoint that wants order, one at a time, which takes along what gathers meanwhile.
 */
export class Outbox {
  private readonly gathered = new Map<string, string[]>();
  private readonly held: Announcement[] = [];
  private readonly busy = new Set<string>();
  private inFlight = 0;

  /** Keeps announcements to send them together with the next ones: fewer, fuller deliveries. */
  hold(announcements: readonly Announcement[]): void {
    this.held.push(...announcements);
  }

  announce(announcements: readonly Announcement[]): void {
    const held = this.held.splice(0);
    for (const { endpoint, ordering, events } of merge([...held, ...announcements])) {
      if (ordering === 'none') {
        void this.send(endpoint, events);
        continue;
      }
      this.gathered.set(endpoint, [...(this.gathered.get(endpoint) ?? []), ...events]);
      void this.sendInOrder(endpoint);
    }
  }

  /** Resolves when every announcement is delivered or given up. */
  async drained(): Promise<void> {
    if (this.inFlight > 0) await condition(() => this.inFlight === 0);
  }

  /** False when announcements are still under way after this time. */
  async drainedWithin(timeout: Duration): Promise<boolean> {
    return this.inFlight === 0 || condition(() => this.inFlight === 0, timeout);
  }

  private async sendInOrder(endpoint: string): Promise<void> {
    if (this.busy.has(endpoint)) return;
    this.busy.add(endpoint);
    for (let events = this.takeGathered(endpoint); events.length > 0; events = this.takeGathered(endpoint)) {
      await this.send(endpoint, events);
    }
    this.busy.delete(endpoint);
  }

  private takeGathered(endpoint: string): string[] {
    const events = this.gathered.get(endpoint) ?? [];
    this.gathered.delete(endpoint);
    return events;
  }

  private async send(endpoint: string, events: readonly string[]): Promise<void> {
    this.inFlight++;
    try {
      await webhooks().deliverEvents({ endpoint, events: [...events] });
    } catch {
      // Only a person ends a delivery this way (cancelled or terminated in Temporal); the delivery log keeps it.
    } finally {
      this.inFlight--;
    }
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
