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
  inside: number;
  /** How long runs take, on average, in ms. */
  runMs: number;
  /** When there should be room for the one that asks next, in ms. */
  turnAt: number;
}

const mostOf = ({ isFailing }: Room): number => (isFailing ? AT_ONCE_FAILING : AT_ONCE);

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
    const room = this.roomOf(endpoint);
    return room.inside < mostOf(room);
  }

  /** Answers what has to be called at the end, or in how many ms there should be room. */
  enter(endpoint: string): (() => void) | number {
    const room = this.roomOf(endpoint);
    const most = mostOf(room);
    const begun = this.now();
    if (room.inside >= most) {
      // One behind the other, as fast as runs end: asking costs little, and nobody waits for what is quick.
      const turnAt = Math.max(room.turnAt, begun + SHORTEST_WAIT_MS) + room.runMs / most;
      room.turnAt = Math.min(turnAt, begun + LONGEST_WAIT_MS);
      return room.turnAt - begun;
    }
    room.inside++;
    return () => {
      room.inside--;
      room.runMs += WEIGHT * (this.now() - begun - room.runMs);
    };
  }

  private roomOf(endpoint: string): Room {
    const room = this.rooms.get(endpoint) ?? { isFailing: false, inside: 0, runMs: SHORTEST_WAIT_MS, turnAt: 0 };
    this.rooms.set(endpoint, room);
    return room;
  }
}
