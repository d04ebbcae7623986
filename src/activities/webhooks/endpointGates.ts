/** Deliveries to one endpoint that one worker process runs at once: a fifth of what it has room for. */
const AT_ONCE = 20;
/** As many while it fails: enough to notice that it is back. */
const AT_ONCE_FAILING = 2;

const SHORTEST_WAIT_MS = 100;
/**
 * Whoever waits asks again after this time at the latest, so that what is well again is not left alone for long. Asking
 * costs Temporal an attempt: ten thousand that wait are 17 a second.
 */
const LONGEST_WAIT_MS = 600_000;
/** How much the latest run counts in the mean of all. */
const WEIGHT = 0.2;

interface Room {
  isFailing: boolean;
  /** When those that are inside went in, in ms; the oldest first. */
  readonly inside: Set<{ readonly since: number }>;
  /** How long runs take, on average, in ms. */
  runMs: number;
  /** When there should be room for the one that asks next, in ms. */
  turnAt: number;
}

/** How a run ended: whether its last attempt failed; null when it made none. */
export type Leave = (failed: boolean | null) => void;

const mostOf = ({ isFailing }: Room): number => (isFailing ? AT_ONCE_FAILING : AT_ONCE);

/** Runs take at least as long as the one that is under way: of one that was never heard of, nobody knows more. */
function expectedRunMs({ runMs, inside }: Room, now: number): number {
  const [oldest] = inside;
  return Math.max(runMs, oldest ? now - oldest.since : 0);
}

const isFull = (room: Room): boolean => room.inside.size >= mostOf(room);

/**
 * Keeps one endpoint from taking all room of a worker: deliveries to a receiver that lets us wait are few at a time,
 * and those to one that fails fewer still, so that the others are not late.
 */
export class EndpointGates {
  private readonly rooms = new Map<string, Room>();

  /** @param now In ms. */
  constructor(private readonly now: () => number) {}

  /** How the endpoint does, whenever that was read. */
  note(endpoint: string, { isFailing }: { readonly isFailing: boolean }): void {
    this.roomOf(endpoint).isFailing = isFailing;
  }

  /** Whether one that asks now would get in. */
  hasRoom(endpoint: string): boolean {
    return !isFull(this.roomOf(endpoint));
  }

  /** Answers what has to be called at the end, or in how many ms there should be room. */
  enter(endpoint: string): Leave | number {
    const room = this.roomOf(endpoint);
    const begun = this.now();
    if (isFull(room)) {
      // One behind the other, as fast as runs end: asking costs little, and nobody waits for what is quick.
      const each = expectedRunMs(room, begun) / mostOf(room);
      const turnAt = Math.max(room.turnAt, begun + SHORTEST_WAIT_MS) + each;
      room.turnAt = Math.min(turnAt, begun + LONGEST_WAIT_MS);
      return room.turnAt - begun;
    }
    const run = { since: begun };
    room.inside.add(run);
    return (failed) => {
      room.inside.delete(run);
      this.ended(room, begun, failed);
    };
  }

  private ended(room: Room, begun: number, failed: boolean | null): void {
    room.runMs += WEIGHT * (this.now() - begun - room.runMs);
    if (failed !== null) room.isFailing = failed;
  }

  private roomOf(endpoint: string): Room {
    const known = this.rooms.get(endpoint);
    if (known) return known;
    const room = { isFailing: false, inside: new Set<never>(), runMs: SHORTEST_WAIT_MS, turnAt: 0 };
    this.rooms.set(endpoint, room);
    return room;
  }
}
