import { condition } from '@temporalio/workflow';

/** What a command wants done, and how that came out. */
interface Wish {
  readonly step: () => Promise<void>;
  refusal: unknown;
  isDone: boolean;
}

/** The step that a command has the main body do when the order is at rest. One at a time: the command has the turn. */
export class StepAtRest {
  private wish: Wish | null = null;

  get isWanted(): boolean {
    return this.wish !== null;
  }

  /** Resolves when the main body has done the step. @throws what the step refuses. */
  async want(step: () => Promise<void>): Promise<void> {
    const wish: Wish = { step, refusal: null, isDone: false };
    this.wish = wish;
    await condition(() => wish.isDone);
    if (wish.refusal !== null) throw wish.refusal as Error;
  }

  /** Does it; for the main body. */
  async fulfil(): Promise<void> {
    const { wish } = this;
    if (!wish) return;
    try {
      await wish.step();
    } catch (refusal) {
      wish.refusal = refusal;
    }
    wish.isDone = true;
    this.wish = null;
  }
}
