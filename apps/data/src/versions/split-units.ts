import { hash } from 'node:crypto';
import type { JsonRow } from '../formats/index.ts';
import { canonicalJson } from './canonical-json.ts';
import type { RowIdentity } from './row-ids.ts';
import { columnNotFound, splitInvalid } from './version.errors.ts';

const maxStrata = 10_000;

/** How rows are split: which stay together, of what each split gets its share. */
export interface SplitBy {
  stratifyBy?: string | undefined;
  groupBy?: string | undefined;
  /** Rows without these columns are not split, instead of being refused: the plan is an earlier version's. */
  optional?: boolean | undefined;
}

/** What splitting needs to know of each row of a version: 12 bytes a row. */
export interface SplitUnits {
  rows: number;
  /** Rows with the same one are never parted. */
  units: BigUint64Array;
  /** Number of the row's stratum. */
  strata: Uint32Array;
  strataCount: number;
}

export class SplitUnitCollector {
  #units = new BigUint64Array(1 << 10);
  #strata = new Uint32Array(1 << 10);
  #rows = 0;
  readonly #numbers = new Map<string, number>();
  #stratifyColumnSeen = false;
  #groupColumnSeen = false;

  constructor(private readonly by: SplitBy) {}

  add(row: JsonRow, { unit }: RowIdentity): void {
    if (this.#rows === this.#units.length) this.#grow();
    this.#units[this.#rows] = this.by.groupBy ? this.#group(row, this.by.groupBy, unit) : unit;
    this.#strata[this.#rows] = this.by.stratifyBy ? this.#stratum(row, this.by.stratifyBy) : 0;
    this.#rows += 1;
  }

  finish(): SplitUnits | undefined {
    const { groupBy, stratifyBy, optional } = this.by;
    const absent = (groupBy && !this.#groupColumnSeen) || (stratifyBy && !this.#stratifyColumnSeen);
    if (optional && absent) return undefined;
    if (groupBy && !this.#groupColumnSeen && this.#rows > 0) throw columnNotFound('group_by', groupBy);
    if (stratifyBy && !this.#stratifyColumnSeen && this.#rows > 0) throw columnNotFound('stratify_by', stratifyBy);
    return {
      rows: this.#rows,
      units: this.#units.subarray(0, this.#rows),
      strata: this.#strata.subarray(0, this.#rows),
      strataCount: Math.max(1, this.#numbers.size),
    };
  }

  /** Rows without a value are groups of their own. */
  #group(row: JsonRow, column: string, unit: bigint): bigint {
    if (!(column in row)) return unit;
    this.#groupColumnSeen = true;
    const value = row[column];
    return value === null ? unit : hash('sha256', canonicalJson(value), 'buffer').readBigUInt64LE(0);
  }

  #stratum(row: JsonRow, column: string): number {
    if (column in row) this.#stratifyColumnSeen = true;
    const value = canonicalJson(row[column] ?? null);
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    if (this.#numbers.size >= maxStrata) {
      throw splitInvalid(
        `${JSON.stringify(column)} has more than ${maxStrata} different values; stratify by a category`,
      );
    }
    this.#numbers.set(value, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  #grow(): void {
    const [units, strata] = [this.#units, this.#strata];
    this.#units = new BigUint64Array(units.length * 2);
    this.#strata = new Uint32Array(strata.length * 2);
    this.#units.set(units);
    this.#strata.set(strata);
  }
}
