import { textsOf } from '../checks/column-path.ts';
import { FirstSeen, hashText } from '../duplicates/index.ts';
import { FrequentValues } from './frequent-values.ts';
import { HyperLogLog } from './hyper-log-log.ts';
import { NumberSummary } from './number-summary.ts';
import type { ColumnFigures } from './profile.ts';
import { TextSummary } from './text-summary.ts';

const exactDistinct = 10_000;
const topCount = 10;
/** Longer texts are no categories. */
const longestTopValue = 200;

/** Figures of one column, in one pass and bounded memory (some 1 MB at most). */
export class ColumnProfiler {
  readonly #types = new Set<string>();
  readonly #distinct = new FirstSeen();
  readonly #manyDistinct = new HyperLogLog();
  readonly #frequent = new FrequentValues();
  readonly #numbers = new NumberSummary();
  readonly #texts = new TextSummary();
  readonly #name: string;
  #present = 0;

  constructor(name: string) {
    this.#name = name;
  }

  add(value: unknown): void {
    const type = typeOf(value);
    if (type === 'null') return;
    this.#types.add(type);
    this.#present++;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const hash = hashText(text);
    if (this.#distinct.size <= exactDistinct) this.#distinct.add(hash, 0);
    this.#manyDistinct.add(hash);
    if (text.length <= longestTopValue) this.#frequent.add(text);
    if (typeof value === 'number') this.#numbers.add(value);
    else if (typeof value === 'string') this.#texts.add(value);
    else if (typeof value === 'object') this.#addNested(value as object);
  }

  figures(rows: number): ColumnFigures {
    const numbers = this.#numbers.figures();
    const texts = this.#texts.figures();
    const distinct = this.#distinct.size;
    return {
      name: this.#name,
      type: this.#types.size === 0 ? 'null' : [...this.#types].sort().join('|'),
      nullCount: rows - this.#present,
      distinctCount: distinct <= exactDistinct ? distinct : Math.max(distinct, this.#manyDistinct.estimate()),
      ...(numbers && {
        min: numbers.min,
        max: numbers.max,
        mean: numbers.mean,
        standardDeviation: numbers.standardDeviation,
      }),
      quantiles: (numbers ?? texts?.lengths)?.quantiles ?? [],
      histogram: (numbers ?? texts?.lengths)?.histogram ?? [],
      topValues: this.#frequent.top(topCount),
      ...(texts && {
        meanLength: texts.lengths.mean,
        maxLength: texts.lengths.max,
        meanTokens: texts.meanTokens,
        maxTokens: texts.maxTokens,
      }),
      languages: texts?.languages ?? [],
    };
  }

  /** A conversation is as long as its texts. */
  #addNested(value: object): void {
    const texts = textsOf({ value }, []);
    if (texts.length > 0) this.#texts.add(texts.map(({ text }) => text).join('\n'));
  }
}

function typeOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}
