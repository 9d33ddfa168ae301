import { hash } from 'node:crypto';
import type { JsonRow } from '../formats/index.ts';
import { canonicalJson } from './canonical-json.ts';
import { HashCounts } from './hash-counts.ts';

export interface RowIdentity {
  /** Names the row in its version: of its content or its key columns, so the same row has the same id for ever. */
  id: string;
  /** Of the content: 64 bits of sha256 over its canonical JSON. */
  hash: bigint;
  /** What rows are split by: of the key where there is one, so that an edited row stays in its split, else of the content. */
  unit: bigint;
}

/** Why a row gets no id by its key columns. */
export class RowKeyError extends Error {
  constructor(
    readonly column: string,
    message: string,
  ) {
    super(message);
  }
}

const plainKey = /^[\w.:/@+-]{1,64}$/;

/** Gives the rows of one version their ids. A row that repeats another's content is `<id>~2`, `<id>~3` … */
export class RowIds {
  readonly #seen = new HashCounts();

  constructor(private readonly keyColumns: readonly string[] = []) {}

  of(row: JsonRow): RowIdentity {
    const digest = hash('sha256', canonicalJson(row), 'buffer');
    const content = digest.readBigUInt64LE(0);
    if (this.keyColumns.length > 0) return { ...this.#keyed(row), hash: content };
    const id = idOf(digest);
    const count = this.#seen.add(content);
    return { id: count === 1 ? id : `${id}~${count}`, hash: content, unit: content };
  }

  #keyed(row: JsonRow): Pick<RowIdentity, 'id' | 'unit'> {
    const values = this.keyColumns.map((column) => {
      const value = row[column];
      if (value === undefined || value === null || value === '')
        throw new RowKeyError(column, 'is a key column and empty');
      if (typeof value === 'object') throw new RowKeyError(column, 'is a key column and holds no plain value');
      return value;
    });
    const digest = hash('sha256', canonicalJson(values), 'buffer');
    const unit = digest.readBigUInt64LE(0);
    if (this.#seen.add(unit) > 1) {
      throw new RowKeyError(this.keyColumns[0]!, `repeats the key ${JSON.stringify(values.join(', ')).slice(0, 100)}`);
    }
    const plain = values.length === 1 ? String(values[0]) : '';
    return { id: plainKey.test(plain) ? plain : idOf(digest), unit };
  }
}

// 96 bits: two of 10^9 different rows share one with a chance of 10^-11.
const idOf = (digest: Buffer): string => digest.toString('base64url', 0, 12);
