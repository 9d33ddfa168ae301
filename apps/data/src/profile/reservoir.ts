import { type Random, seededRandom } from '@llmops/stats';

/** An even sample of what is added, of at most `capacity` (Vitter's R); the same each time. */
export class Reservoir<T> {
  readonly values: T[] = [];
  readonly #capacity: number;
  readonly #random: Random;
  #seen = 0;

  constructor(capacity: number, seed = 0) {
    this.#capacity = capacity;
    this.#random = seededRandom(seed);
  }

  get seen(): number {
    return this.#seen;
  }

  add(value: T): void {
    this.#seen++;
    if (this.values.length < this.#capacity) {
      this.values.push(value);
      return;
    }
    const place = Math.floor(this.#random() * this.#seen);
    if (place < this.#capacity) this.values[place] = value;
  }
}
