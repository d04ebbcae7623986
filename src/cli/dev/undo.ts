type Step = () => Promise<unknown>;

/** What was started, to be stopped in reverse order. */
export class Undo {
  private readonly steps: { what: string; step: Step }[] = [];
  private isStopping = false;

  /** Something that comes up only after the stop began is stopped at once. */
  async add(what: string, step: Step): Promise<void> {
    if (this.isStopping) await step();
    else this.steps.push({ what, step });
  }

  async all(): Promise<void> {
    this.isStopping = true;
    for (const { what, step } of this.steps.splice(0).reverse()) {
      try {
        await step();
      } catch (error) {
        console.error(`${what} did not stop cleanly: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
}
