/** How long each step took, summed by name. */
export class Timings {
  readonly #sums = new Map<string, number>();

  async measure<T>(name: string, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      this.add(name, performance.now() - start);
    }
  }

  add(name: string, durationMs: number): void {
    this.#sums.set(name, (this.#sums.get(name) ?? 0) + durationMs);
  }

  list(): { name: string; durationMs: number }[] {
    return Array.from(this.#sums, ([name, durationMs]) => ({ name, durationMs }));
  }
}
