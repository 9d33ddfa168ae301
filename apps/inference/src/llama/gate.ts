/**
 * Lets work that needs the engine's lock in between steps of the others. node-llama-cpp holds its context lock for as
 * long as any sequence has tokens queued, so under load erasing one sequence's state would wait for all others to end.
 */
export class Gate {
  private closed: Promise<void> | undefined;
  private holders = 0;
  private open: (() => void) | undefined;

  /** Wait for this before each step, when it is there. */
  get pending(): Promise<void> | undefined {
    return this.closed;
  }

  async exclusively<T>(work: () => Promise<T>): Promise<T> {
    this.holders++;
    this.closed ??= new Promise((resolve) => {
      this.open = resolve;
    });
    try {
      return await work();
    } finally {
      this.holders--;
      if (this.holders === 0) {
        this.closed = undefined;
        this.open?.();
      }
    }
  }
}
