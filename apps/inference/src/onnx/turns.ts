/** Work in steps; what is left of it can be dropped between two of them. */
type Steps = AsyncIterator<void>;

/** One step at a time for many works: urgent ones before the others; those of a kind take turns. */
export class Turns {
  private readonly urgent: Steps[] = [];
  private readonly others: Steps[] = [];
  private running = false;

  add(work: Steps, urgent: boolean): void {
    (urgent ? this.urgent : this.others).push(work);
    if (!this.running) void this.run();
  }

  private async run(): Promise<void> {
    this.running = true;
    for (;;) {
      // Steps block the event loop: what came in meanwhile is read before the next one is chosen.
      await new Promise((resolve) => setImmediate(resolve));
      const from = this.urgent.length > 0 ? this.urgent : this.others;
      const work = from[0];
      if (!work) break;
      const { done } = await work.next();
      from.shift();
      if (!done) from.push(work);
    }
    this.running = false;
  }
}
