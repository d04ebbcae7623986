import { Outbox, type Announcement } from './outbox.js';

/** Delivers events that no order or package announces: of configuration, test events and replays. */
export async function announceWorkflow({ announcements }: { announcements: readonly Announcement[] }): Promise<void> {
  const outbox = new Outbox();
  outbox.announce(announcements);
  await outbox.drained();
}
