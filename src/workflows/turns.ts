import { condition } from '@temporalio/workflow';

/**
 * Lets one step after another touch a workflow's state, in the order in which they came.
 *
 * A free turn begins at once, in the same tick: a command that moves the state has moved it before the
 * validator of the next command looks. That is why this is not a mutex from a library, which gives its
 * lock a tick later.
 */
export class Turns {
  private isTaken = false;
  private drawn = 0;
  private served = 0;

  /** Nobody has the turn or waits for it. */
  get isFree(): boolean {
    return !this.isTaken && this.drawn === this.served;
  }

  async take<Result>(step: () => Promise<Result>): Promise<Result> {
    const ticket = this.drawn++;
    if (this.isTaken || ticket !== this.served) await condition(() => !this.isTaken && ticket === this.served);
    this.isTaken = true;
    try {
      return await step();
    } finally {
      this.served++;
      this.isTaken = false;
    }
  }
}
