import type { ValueCount } from './profile.ts';

/**
 * The most frequent values in bounded memory (Misra & Gries 1982): exact while there are fewer than `capacity` different
 * ones, then at most count / capacity too low.
 */
export class FrequentValues {
  readonly #counts = new Map<string, number>();

  constructor(capacity = 10_000) {
    this.#capacity = capacity;
  }

  readonly #capacity: number;

  add(value: string): void {
    const count = this.#counts.get(value);
    if (count !== undefined) this.#counts.set(value, count + 1);
    else if (this.#counts.size < this.#capacity) this.#counts.set(value, 1);
    else this.#decrementAll();
  }

  /** Those that occur twice at least, or all when there are few. */
  top(count: number): ValueCount[] {
    const sorted = [...this.#counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    const few = sorted.length <= count;
    return sorted
      .slice(0, count)
      .filter(([, times]) => few || times > 1)
      .map(([value, times]) => ({ value, count: times }));
  }

  #decrementAll(): void {
    for (const [value, count] of this.#counts) {
      if (count === 1) this.#counts.delete(value);
      else this.#counts.set(value, count - 1);
    }
  }
}
