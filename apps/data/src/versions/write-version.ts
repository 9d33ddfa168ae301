import type { ObjectStore } from '@llmops/platform/objects';
import { type JsonRow, limits, type RowPlace, rowInvalid } from '../formats/index.ts';
import { chunkLine } from './chunk-lines.ts';
import { pack, sha256Of } from './chunk-object.ts';
import { Chunker } from './chunker.ts';
import { type ColumnType, type JsonSchema, SchemaInference } from './infer-schema.ts';
import type { ChunkRef } from './manifest.ts';
import { RowIds, RowKeyError } from './row-ids.ts';
import { type SplitBy, SplitUnitCollector, type SplitUnits } from './split-units.ts';

// Chunks being packed and written while rows go on coming.
const inFlight = 4;

export const chunkKind = 'chunks';

export interface WriteOptions {
  objects: ObjectStore;
  projectId: string;
  keyColumns?: readonly string[] | undefined;
  /** Collects what splitting the version will need. */
  splitBy?: SplitBy | undefined;
}

export interface WrittenRows {
  chunks: ChunkRef[];
  rows: number;
  /** Of the rows as lines of JSON. */
  bytes: number;
  /** What the store did not have: bytes as stored. */
  addedBytes: number;
  schema: JsonSchema;
  columns: ColumnType[];
  units: SplitUnits | undefined;
}

/** Takes rows and stores them as chunks. Nothing refers to the chunks until a version is committed; a failure leaves them to the sweeper. */
export class VersionWriter {
  readonly #ids: RowIds;
  readonly #chunker = new Chunker();
  readonly #schema = new SchemaInference();
  readonly #units: SplitUnitCollector | undefined;
  readonly #chunks: ChunkRef[] = [];
  readonly #writes = new Set<Promise<void>>();
  #lines: string[] = [];
  #rows = 0;
  #bytes = 0;
  #addedBytes = 0;
  #failure: Error | undefined;

  constructor(private readonly options: WriteOptions) {
    this.#ids = new RowIds(options.keyColumns);
    this.#units = options.splitBy && new SplitUnitCollector(options.splitBy);
  }

  get rows(): number {
    return this.#rows;
  }

  /** Resolves when the writer takes more. Throws `data.row_invalid`. */
  async add(row: JsonRow, place: RowPlace): Promise<void> {
    const json = JSON.stringify(row);
    if (json.length > limits.rowBytes) throw rowInvalid(place, `is longer than ${limits.rowBytes} characters as JSON`);
    if (json.includes('\\ud')) checkSurrogates(row, place);
    const identity = this.#identify(row, place);
    this.#schema.add(row);
    if (this.#schema.columnCount > limits.columns)
      throw rowInvalid(place, `brings the columns to more than ${limits.columns}`);
    this.#units?.add(row, identity);
    const line = chunkLine(identity.id, json);
    this.#lines.push(line);
    this.#rows += 1;
    if (this.#chunker.add(identity.hash, line.length)) await this.#flush();
  }

  async finish(): Promise<WrittenRows> {
    await this.#flush();
    await Promise.all(this.#writes);
    if (this.#failure) throw this.#failure;
    return {
      chunks: this.#chunks,
      rows: this.#rows,
      bytes: this.#bytes,
      addedBytes: this.#addedBytes,
      schema: this.#schema.schema(),
      columns: this.#schema.columns(),
      units: this.#units?.finish(),
    };
  }

  #identify(row: JsonRow, place: RowPlace) {
    try {
      return this.#ids.of(row);
    } catch (error) {
      throw error instanceof RowKeyError ? rowInvalid({ ...place, column: error.column }, error.message) : error;
    }
  }

  async #flush(): Promise<void> {
    if (this.#failure) throw this.#failure;
    if (this.#lines.length === 0) return;
    const bytes = Buffer.from(this.#lines.join(''));
    const chunk = { sha256: sha256Of(bytes), rows: this.#lines.length, bytes: bytes.length };
    this.#lines = [];
    this.#chunks.push(chunk);
    this.#bytes += chunk.bytes;
    const write: Promise<void> = this.#store(chunk, bytes)
      .catch((error: Error) => {
        this.#failure ??= error;
      })
      .finally(() => this.#writes.delete(write));
    this.#writes.add(write);
    if (this.#writes.size >= inFlight) await Promise.race(this.#writes);
  }

  async #store({ sha256 }: ChunkRef, bytes: Buffer): Promise<void> {
    const packed = await pack(bytes);
    const key = { projectId: this.options.projectId, kind: chunkKind, sha256 };
    if (await this.options.objects.put(key, packed)) this.#addedBytes += packed.length;
  }
}

/** Half of a surrogate pair is no character: it cannot be stored as UTF-8 and cannot be searched. */
function checkSurrogates(row: JsonRow, place: RowPlace): void {
  for (const [column, value] of Object.entries(row)) {
    if (hasLoneSurrogate(value))
      throw rowInvalid({ ...place, column }, 'holds half of a surrogate pair, which is no character');
  }
}

// With the flag u, halves of whole pairs do not match.
const loneSurrogate = /\p{Surrogate}/u;

function hasLoneSurrogate(value: unknown): boolean {
  if (typeof value === 'string') return loneSurrogate.test(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => loneSurrogate.test(key) || hasLoneSurrogate(inner));
}
