/** Deliveries to one endpoint that one worker process runs at once: a fifth of what it has room for. */
const AT_ONCE = 20;
/** As many while it fails: enough to notice that it is back. */
const AT_ONCE_FAILING = 2;

/**
 * Keeps one endpoint from taking all room of a worker: deliveries to a receiver that lets us wait are few at a time,
 * and those to one that fails fewer still, so that the others are not late.
 */
export class EndpointGates {
  private readonly inside = new Map<string, number>();

  /** True when there is room; then `leave` has to follow. */
  enter(endpoint: string, isFailing: boolean): boolean {
    const inside = this.inside.get(endpoint) ?? 0;
    if (inside >= (isFailing ? AT_ONCE_FAILING : AT_ONCE)) return false;
    this.inside.set(endpoint, inside + 1);
    return true;
  }

  leave(endpoint: string): void {
    const inside = (this.inside.get(endpoint) ?? 0) - 1;
    if (inside > 0) this.inside.set(endpoint, inside);
    else this.inside.delete(endpoint);
  }
}
