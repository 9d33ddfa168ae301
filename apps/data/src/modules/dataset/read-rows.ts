import type { RequestContext } from '@llmops/platform/context';
import { Injectable } from '@nestjs/common';
import type { JsonRow } from '../../formats/index.ts';
import type { IndexedRow } from '../../versions/index.ts';
import { versionBlocked } from './dataset.errors.ts';
import { OpenVersion } from './open-version.ts';

export interface ReadRequest {
  /** `dsv_…` */
  version: string;
  split: string;
  offset: number;
  /** 0 for all. */
  limit: number;
  /** Top-level columns; empty for all. */
  columns: string[];
  rowIds: string[];
  requireUsable: boolean;
}

export interface ReadRow extends IndexedRow {
  split: string;
}

const batchRows = 500;
const batchBytes = 1 << 20;

@Injectable()
export class ReadRows {
  constructor(private readonly openVersion: OpenVersion) {}

  /** Batches of rows, read no faster than they are taken. */
  async *run(ctx: RequestContext, request: ReadRequest): AsyncGenerator<ReadRow[], void> {
    const opened = await this.openVersion.run(ctx, request.version);
    if (request.requireUsable && opened.version.verdict === 'blocked') throw versionBlocked(opened.version.id);
    const split = opened.split(request.split);
    const ids = new Set(request.rowIds);
    const filtered = split !== undefined || ids.size > 0;
    const end = request.limit > 0 ? request.offset + request.limit : Number.POSITIVE_INFINITY;
    // Without a filter the rows before the offset need not be read.
    const range = filtered ? { split } : { from: request.offset, to: Math.min(end, opened.reader.rows) };
    let position = filtered ? 0 : request.offset;
    let batch: ReadRow[] = [];
    let bytes = 0;
    for await (const row of opened.reader.read({ ...range, signal: ctx.signal })) {
      if (ids.size > 0 && !ids.has(row.id)) continue;
      if (position >= end) break;
      position += 1;
      if (position <= request.offset) continue;
      const json = request.columns.length > 0 ? project(row.json, request.columns) : row.json;
      if (batch.length > 0 && (batch.length >= batchRows || bytes + json.length > batchBytes)) {
        yield batch;
        batch = [];
        bytes = 0;
      }
      batch.push({ ...row, json, split: opened.splitName(row.index) });
      bytes += json.length;
    }
    if (batch.length > 0) yield batch;
  }
}

function project(json: string, columns: string[]): string {
  const row = JSON.parse(json) as JsonRow;
  return JSON.stringify(
    Object.fromEntries(columns.filter((column) => Object.hasOwn(row, column)).map((column) => [column, row[column]])),
  );
}
