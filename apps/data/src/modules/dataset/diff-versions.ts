import { decodeCursor, encodeCursor } from '@llmops/db';
import type { RequestContext } from '@llmops/platform/context';
import { Injectable } from '@nestjs/common';
import { type JsonRow, parseJson } from '../../formats/index.ts';
import {
  type ColumnType,
  changedColumns,
  diffVersions,
  type RowChange,
  type VersionDiff,
} from '../../versions/index.ts';
import { versionNotFound } from './dataset.errors.ts';
import { GetVersion } from './get-version.ts';
import { type OpenedVersion, OpenVersion } from './open-version.ts';

export type ChangeKind = 'added' | 'removed' | 'changed';

export interface ShownChange {
  kind: ChangeKind;
  rowId: string;
  /** Empty for an added row. */
  beforeJson: string;
  /** Empty for a removed row. */
  afterJson: string;
  columns: string[];
}

export interface ShownDiff extends Omit<VersionDiff, 'changes'> {
  base: string;
  version: string;
  changes: ShownChange[];
  schemaChanges: string[];
  nextPageToken: string;
}

export interface DiffRequest {
  version: string;
  /** The predecessor when empty. */
  base: string;
  pageSize: number;
  pageToken: string;
  kind: ChangeKind | undefined;
}

const defaultPageSize = 50;
// Of both rows of all changes: a message between services holds four times as much.
const pageBytes = 4 << 20;
// Versions do not change: their diff is kept while somebody pages through it.
const keptDiffs = 4;
const keptChanges = 200_000;

@Injectable()
export class DiffVersions {
  readonly #kept = new Map<string, VersionDiff>();

  constructor(
    private readonly getVersion: GetVersion,
    private readonly openVersion: OpenVersion,
  ) {}

  async run(ctx: RequestContext, datasetId: string, request: DiffRequest): Promise<ShownDiff> {
    const version = await this.getVersion.run(ctx, datasetId, request.version);
    if (request.base === '' && version.number === 1) throw versionNotFound('the one before the first');
    const baseName = request.base || (await this.#before(ctx, datasetId, version.number));
    const base = await this.openVersion.open(await this.getVersion.run(ctx, datasetId, baseName));
    const next = await this.openVersion.open(version);
    const diff = await this.#diff(base, next);
    const wanted = diff.changes.filter((change) => request.kind === undefined || kindOf(change) === request.kind);
    const from = decodeCursor(request.pageToken, ['timeMs'])?.[0] ?? 0;
    const changes = fitting(await shown(base, next, wanted.slice(from, from + (request.pageSize || defaultPageSize))));
    const to = from + changes.length;
    return {
      ...diff,
      base: base.version.id,
      version: version.id,
      changes,
      schemaChanges: schemaChanges(base.version.columns, version.columns),
      nextPageToken: to < wanted.length ? encodeCursor([to]) : '',
    };
  }

  /** Versions between may have been deleted. */
  async #before(ctx: RequestContext, datasetId: string, number: number): Promise<string> {
    for (let n = number - 1; n > 0; n -= 1) {
      const found = await this.getVersion.run(ctx, datasetId, String(n)).catch(() => undefined);
      if (found) return found.id;
    }
    throw versionNotFound(String(number - 1));
  }

  async #diff(base: OpenedVersion, next: OpenedVersion): Promise<VersionDiff> {
    const key = `${base.version.id} ${next.version.id}`;
    const known = this.#kept.get(key);
    if (known) return known;
    const side = ({ reader, chunks, version }: OpenedVersion) => ({
      reader,
      chunks,
      keyed: version.keyColumns.length > 0,
    });
    const diff = await diffVersions(side(base), side(next));
    if (diff.changes.length <= keptChanges) {
      this.#kept.set(key, diff);
      const [oldest] = this.#kept.keys();
      if (this.#kept.size > keptDiffs) this.#kept.delete(oldest!);
    }
    return diff;
  }
}

function kindOf({ before, after }: RowChange): ChangeKind {
  if (before === undefined) return 'added';
  return after === undefined ? 'removed' : 'changed';
}

/** As many as fit into a page, one at least. */
function fitting(changes: ShownChange[]): ShownChange[] {
  let bytes = 0;
  const end = changes.findIndex(({ beforeJson, afterJson }, i) => {
    bytes += beforeJson.length + afterJson.length;
    return i > 0 && bytes > pageBytes;
  });
  return end < 0 ? changes : changes.slice(0, end);
}

async function shown(base: OpenedVersion, next: OpenedVersion, changes: RowChange[]): Promise<ShownChange[]> {
  const indexes = (side: keyof RowChange) =>
    changes.map((change) => change[side]).filter((index) => index !== undefined);
  const before = new Map((await base.reader.at(indexes('before'))).map((row) => [row.index, row]));
  const after = new Map((await next.reader.at(indexes('after'))).map((row) => [row.index, row]));
  return changes.map((change) => {
    const old = change.before === undefined ? undefined : before.get(change.before);
    const now = change.after === undefined ? undefined : after.get(change.after);
    return {
      kind: kindOf(change),
      rowId: (now ?? old)?.id ?? '',
      beforeJson: old?.json ?? '',
      afterJson: now?.json ?? '',
      columns: old && now ? changedColumns(parseJson(old.json) as JsonRow, parseJson(now.json) as JsonRow) : [],
    };
  });
}

function schemaChanges(before: ColumnType[], after: ColumnType[]): string[] {
  const old = new Map(before.map((column) => [column.name, column]));
  const now = new Map(after.map((column) => [column.name, column]));
  const text = ({ type, nullable }: ColumnType) => `${type}${nullable ? ', may be null' : ''}`;
  return [
    ...after.filter(({ name }) => !old.has(name)).map((column) => `${column.name}: added (${text(column)})`),
    ...before.filter(({ name }) => !now.has(name)).map((column) => `${column.name}: removed (${text(column)})`),
    ...after
      .filter((column) => old.has(column.name) && text(old.get(column.name)!) !== text(column))
      .map((column) => `${column.name}: ${text(old.get(column.name)!)} became ${text(column)}`),
  ];
}
