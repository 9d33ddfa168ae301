import { textsOf } from '../checks/index.ts';
import { Reservoir } from '../profile/reservoir.ts';

const valuesKept = 10_000;
const textsKept = 400;
const longestCategory = 100;
const longestText = 2_000;

/** A value as drift looks at it. */
export type SampledValue = number | boolean | null | { readonly length: number; readonly category?: string };

/** An even sample of a column's values, and of its texts for embedding. */
export class ColumnSample {
  readonly #values = new Reservoir<SampledValue>(valuesKept);
  readonly #texts = new Reservoir<string>(textsKept, 1);

  add(value: unknown): void {
    if (typeof value === 'number' || typeof value === 'boolean') this.#values.add(value);
    else if (value === null || value === undefined) this.#values.add(null);
    else this.#addText(typeof value === 'string' ? value : nestedText(value), typeof value === 'string');
  }

  get values(): readonly SampledValue[] {
    return this.#values.values;
  }

  get texts(): readonly string[] {
    return this.#texts.values;
  }

  #addText(text: string, category: boolean): void {
    this.#values.add(
      category && text.length <= longestCategory ? { length: text.length, category: text } : { length: text.length },
    );
    if (text.trim() !== '') this.#texts.add(text.slice(0, longestText));
  }
}

const nestedText = (value: unknown): string =>
  textsOf({ value }, [])
    .map(({ text }) => text)
    .join('\n');

/** Samples of a table's columns; a row that lacks a column has null there. */
export class TableSample {
  readonly #columns = new Map<string, ColumnSample>();
  readonly #wanted: readonly string[];
  #rows = 0;

  /** All top-level columns when none is named. */
  constructor(wanted: readonly string[]) {
    this.#wanted = wanted;
  }

  add(row: Readonly<Record<string, unknown>>): void {
    const names = this.#wanted.length > 0 ? this.#wanted : new Set([...this.#columns.keys(), ...Object.keys(row)]);
    for (const name of names) this.#column(name)?.add(row[name]);
    this.#rows++;
  }

  get rows(): number {
    return this.#rows;
  }

  get columns(): ReadonlyMap<string, ColumnSample> {
    return this.#columns;
  }

  #column(name: string): ColumnSample | undefined {
    const known = this.#columns.get(name);
    if (known || this.#columns.size >= mostColumns) return known;
    const column = new ColumnSample();
    this.#columns.set(name, column);
    // The rows before lacked it.
    for (let row = 0; row < this.#rows; row++) column.add(null);
    return column;
  }
}

const mostColumns = 100;
