import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { OBJECTS, type ObjectKey, type ObjectStore } from '@llmops/platform/objects';
import { Inject, Injectable } from '@nestjs/common';
import { type QueryLimits, queryRows, type RowColumn, type RowQuery, type RowTable } from '../../duckdb/index.ts';
import { type ChunkRef, type ColumnType, chunkKind, VersionReader } from '../../versions/index.ts';
import { splitNotFound, versionNotFound } from './dataset.errors.ts';
import { type TaggedVersion, VersionRepository } from './version.repository.ts';
import { getManifest, getSplits } from './version-objects.ts';

/** A version whose rows can be read. */
export interface OpenedVersion {
  version: TaggedVersion;
  chunks: ChunkRef[];
  reader: VersionReader;
  /** Each row's split, from 1 in the order of `version.splits`; 0 for none. Empty where the version has no splits. */
  splits: Uint8Array;
  /** What the reader takes to read one split. Throws `data.split_not_found`. */
  split(name: string): { splits: Uint8Array; number: number } | undefined;
  splitName(index: number): string;
  /** The rows of a SELECT over the table `rows`, as `queryRows` gives them. */
  query(sql: string, limits: QueryLimits, signal: AbortSignal): AsyncGenerator<Record<string, unknown>, void>;
  /** The rows as a table for `queryRows`, for as long as `use` takes. */
  withTable<T>(use: (table: RowTable) => Promise<T>): Promise<T>;
}

@Injectable()
export class OpenVersion {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(OBJECTS) private readonly objects: ObjectStore,
    private readonly versions: VersionRepository,
  ) {}

  /** By id, `dsv_…`. Throws `data.version_not_found`. */
  async run(ctx: RequestContext, id: string): Promise<OpenedVersion> {
    const version = await this.database.tx(ctx, (tx) => this.versions.byId(tx, ctx.projectId, id));
    if (!version) throw versionNotFound(id);
    return this.open(version);
  }

  async open(version: TaggedVersion): Promise<OpenedVersion> {
    const { projectId } = version;
    const { chunks } = await getManifest(this.objects, projectId, version.manifestObject);
    const splits = version.splitObject
      ? await getSplits(this.objects, projectId, version.splitObject)
      : new Uint8Array();
    const keys = chunks.map(({ sha256 }) => ({ projectId, kind: chunkKind, sha256 }));
    const columns = tableColumns(version.columns);
    return {
      version,
      chunks,
      reader: new VersionReader(this.objects, projectId, chunks),
      splits,
      split: (name) => {
        if (name === '') return undefined;
        const number = version.splits.findIndex((split) => split.name === name) + 1;
        if (number === 0)
          throw splitNotFound(
            name,
            version.splits.map((split) => split.name),
          );
        return { splits, number };
      },
      splitName: (index) => version.splits[(splits[index] ?? 0) - 1]?.name ?? '',
      query: (sql, limits, signal) => this.#query(keys, columns, { sql, limits, signal }),
      withTable: (use) => this.objects.withFiles(keys, (files) => use({ files, columns })),
    };
  }

  async *#query(keys: ObjectKey[], columns: RowColumn[], query: Omit<RowQuery, 'tables'>) {
    const { paths, close } = await this.objects.openFiles(keys);
    try {
      yield* queryRows({ ...query, tables: { rows: { files: paths, columns } } });
    } finally {
      await close();
    }
  }
}

const simple = new Set<string>(['string', 'integer', 'number', 'boolean']);

/** Columns of one simple type keep it in SQL; what is nested or mixed is JSON. */
const tableColumns = (columns: readonly ColumnType[]): RowColumn[] =>
  columns.map(({ name, type }) => ({ name, type: simple.has(type) ? (type as RowColumn['type']) : 'json' }));
