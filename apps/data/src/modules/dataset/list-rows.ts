import { decodeCursor, encodeCursor } from '@llmops/db';
import type { RequestContext } from '@llmops/platform/context';
import { Injectable } from '@nestjs/common';
import type { IndexedRow } from '../../versions/index.ts';
import { GetVersion } from './get-version.ts';
import { type OpenedVersion, OpenVersion } from './open-version.ts';

const defaultPageSize = 50;
// A page is one message between services.
const pageBytes = 8 << 20;

export interface RowFilter {
  split: string;
  /** A SQL condition over the columns; empty for none. */
  where: string;
  /** Words that occur in the row; empty for none. */
  query: string;
  rowIds: string[];
}

export interface ListedRow extends IndexedRow {
  split: string;
}

@Injectable()
export class ListRows {
  constructor(
    private readonly getVersion: GetVersion,
    private readonly openVersion: OpenVersion,
  ) {}

  /** In the version's order. */
  async run(
    ctx: RequestContext,
    { dataset, version }: { dataset: string; version: string },
    request: RowFilter & { pageSize: number; pageToken: string },
  ): Promise<{ rows: ListedRow[]; nextPageToken: string }> {
    const limit = request.pageSize || defaultPageSize;
    const from = (decodeCursor(request.pageToken, ['timeMs'])?.[0] ?? -1) + 1;
    const opened = await this.openVersion.open(await this.getVersion.run(ctx, dataset, version));
    const rows: ListedRow[] = [];
    let bytes = 0;
    for await (const row of matching(ctx, opened, request, from, limit)) {
      if (rows.length === limit || (rows.length > 0 && bytes + row.json.length > pageBytes)) {
        return { rows, nextPageToken: encodeCursor([rows.at(-1)!.index]) };
      }
      rows.push({ ...row, split: opened.splitName(row.index) });
      bytes += row.json.length;
    }
    return { rows, nextPageToken: '' };
  }
}

async function* matching(
  ctx: RequestContext,
  opened: OpenedVersion,
  { split: splitName, where, query, rowIds }: RowFilter,
  from: number,
  limit: number,
): AsyncGenerator<IndexedRow, void> {
  const { signal } = ctx;
  const split = opened.split(splitName);
  const ids = new Set(rowIds);
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  // JSON escapes what a reader types plainly: quotes and backslashes.
  const needles = words.map((word) => JSON.stringify(word).slice(1, -1));
  const fits = ({ id, index, json }: IndexedRow): boolean => {
    if (ids.size > 0 && !ids.has(id)) return false;
    if (split && split.splits[index] !== split.number) return false;
    if (needles.length === 0) return true;
    const text = json.toLowerCase();
    return needles.every((needle) => text.includes(needle));
  };
  if (where === '') {
    for await (const row of opened.reader.read({ from, split, signal })) if (fits(row)) yield row;
    return;
  }
  // Whatever else filters, one batch of matches more than a page is rarely too few.
  const batch = limit + 1;
  for (let start = from; ; ) {
    const found = await whereIndexes(ctx, opened, where, start, batch);
    for (const row of await opened.reader.at(found)) if (fits(row)) yield row;
    if (found.length < batch) return;
    start = found.at(-1)! + 1;
  }
}

async function whereIndexes(ctx: RequestContext, opened: OpenedVersion, where: string, from: number, limit: number) {
  const indexes = new Set<number>();
  const sql = `SELECT _row_index AS i FROM rows WHERE _row_index >= ${from} AND (${where}\n) LIMIT ${limit}`;
  const rows = opened.query(sql, { timeoutMs: 30_000, memoryMb: 512, maxRows: limit }, ctx.signal);
  // A condition that closes its bracket can give anything: only rows that are there, from here on, count.
  for await (const { i } of rows) {
    if (Number.isInteger(i) && Number(i) >= from && Number(i) < opened.reader.rows) indexes.add(Number(i));
  }
  return [...indexes].sort((a, b) => a - b);
}
