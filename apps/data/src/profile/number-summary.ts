import type { Bin } from './profile.ts';
import { Reservoir } from './reservoir.ts';

const sampleSize = 10_000;
const bins = 20;
const shares = [0.05, 0.25, 0.5, 0.75, 0.95];

export interface NumberFigures {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly standardDeviation: number;
  /** At 5, 25, 50, 75 and 95%; of a sample beyond 10,000 values. */
  readonly quantiles: readonly number[];
  readonly histogram: readonly Bin[];
}

/** Mean and deviation by Welford's update; quantiles and histogram of an even sample. */
export class NumberSummary {
  readonly #sample = new Reservoir<number>(sampleSize);
  #count = 0;
  #mean = 0;
  #squares = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  add(value: number): void {
    this.#count++;
    const delta = value - this.#mean;
    this.#mean += delta / this.#count;
    this.#squares += delta * (value - this.#mean);
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
    this.#sample.add(value);
  }

  figures(): NumberFigures | undefined {
    if (this.#count === 0) return undefined;
    const sorted = Float64Array.from(this.#sample.values).sort();
    return {
      min: this.#min,
      max: this.#max,
      mean: this.#mean,
      standardDeviation: this.#count < 2 ? 0 : Math.sqrt(this.#squares / (this.#count - 1)),
      quantiles: shares.map((share) => quantileOf(sorted, share)),
      histogram: this.#histogram(sorted),
    };
  }

  #histogram(sorted: Float64Array): Bin[] {
    const [from, to] = [this.#min, this.#max];
    if (from === to) return [{ from, to, count: this.#count }];
    const width = (to - from) / bins;
    const counts = new Array<number>(bins).fill(0);
    for (const value of sorted) counts[Math.min(bins - 1, Math.floor((value - from) / width))]!++;
    const scale = this.#count / sorted.length;
    return counts.map((count, bin) => ({
      from: from + bin * width,
      to: bin === bins - 1 ? to : from + (bin + 1) * width,
      count: Math.round(count * scale),
    }));
  }
}

function quantileOf(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const index = Math.floor(position);
  const next = sorted[Math.min(index + 1, sorted.length - 1)]!;
  return sorted[index]! + (position - index) * (next - sorted[index]!);
}
