import { type Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { and, asc, desc, eq, getTableColumns, gte, inArray, lt, lte, type SQL, sql } from 'drizzle-orm';
import { calls } from './call.table.ts';
import { queryTermsOf } from './search-terms.ts';
import { spans } from './span.table.ts';

const { terms: _terms, ...listed } = getTableColumns(calls);

/** A call without what only the search needs. */
export type CallSummaryRow = Omit<typeof calls.$inferSelect, 'terms'>;

export type SpanRow = typeof spans.$inferSelect;

/** Where a page ends: start time in ms, and the call's id. */
export interface CallKey {
  startMs: number;
  id: string;
}

export interface CallFilter {
  startTime?: Date | undefined;
  endTime?: Date | undefined;
  /** Empty strings and zeros filter nothing. */
  model: string;
  status: number;
  sessionId: string;
  endUser: string;
  actor: string;
  query: string;
  minDurationMs: number;
}

const maxSpans = 50_000;

@Injectable()
export class TraceRepository {
  /** Newest first, at most `limit`, after `before`. */
  async page(tx: Transaction, projectId: string, filter: CallFilter, before: CallKey | undefined, limit: number) {
    const terms = queryTermsOf(filter.query);
    // A query without a letter or digit names no word: nothing holds it.
    if (terms.length === 0 && filter.query !== '') return [];
    const where =
      terms.length === 0
        ? and(...conditions(filter), before && beforeKey(before))
        : await this.#found(tx, terms, filter, before, limit);
    if (where === 'nothing') return [];
    return tx
      .select(listed)
      .from(calls)
      .where(and(eq(calls.projectId, projectId), where))
      .orderBy(desc(calls.startTime), desc(calls.id))
      .limit(limit);
  }

  async callById(tx: Transaction, projectId: string, id: string): Promise<CallSummaryRow | undefined> {
    const [row] = await tx
      .select(listed)
      .from(calls)
      .where(and(eq(calls.projectId, projectId), eq(calls.id, id)));
    return row;
  }

  /** Oldest first. */
  callsOfTrace(tx: Transaction, projectId: string, traceId: string): Promise<CallSummaryRow[]> {
    return tx
      .select(listed)
      .from(calls)
      .where(and(eq(calls.projectId, projectId), eq(calls.traceId, traceId)))
      .orderBy(asc(calls.startTime), asc(calls.id))
      .limit(maxSpans);
  }

  /** In order of start; `from` and `until` keep other days' partitions out of it. */
  spansOfTrace(tx: Transaction, projectId: string, traceId: string, from: Date, until: Date): Promise<SpanRow[]> {
    return tx
      .select()
      .from(spans)
      .where(
        and(
          eq(spans.projectId, projectId),
          eq(spans.traceId, traceId),
          gte(spans.startTime, from),
          lt(spans.startTime, until),
        ),
      )
      .orderBy(asc(spans.startTime), asc(spans.kind))
      .limit(maxSpans);
  }

  /** The rows of a page that the search found. */
  async #found(
    tx: Transaction,
    terms: number[],
    filter: CallFilter,
    before: CallKey | undefined,
    limit: number,
  ): Promise<SQL | undefined | 'nothing'> {
    const time = (date: Date | undefined) => sql`${date?.toISOString() ?? null}::timestamptz`;
    const { rows } = await tx.execute<{ found_time: Date | string; found_id: string }>(sql`
      select found_time, found_id from observability.search_calls(
        ${`{${terms}}`}::integer[], ${time(filter.startTime)}, ${time(filter.endTime)}, ${filter.model || null},
        ${filter.status || null}, ${filter.sessionId || null}, ${filter.endUser || null}, ${filter.actor || null},
        ${filter.minDurationMs || null}, ${time(before && new Date(before.startMs))}, ${before?.id ?? null}, ${limit})
      order by 1 desc`);
    if (rows.length === 0) return 'nothing';
    const ids = rows.map((row) => row.found_id);
    // With its times only the partitions that hold the page are looked into.
    const [newest, oldest] = [new Date(rows[0]!.found_time), new Date(rows.at(-1)!.found_time)];
    return and(inArray(calls.id, ids), gte(calls.startTime, oldest), lte(calls.startTime, newest));
  }
}

const conditions = (filter: CallFilter): (SQL | undefined)[] => [
  filter.startTime && gte(calls.startTime, filter.startTime),
  filter.endTime && lt(calls.startTime, filter.endTime),
  filter.model ? eq(calls.model, filter.model) : undefined,
  filter.status ? eq(calls.status, filter.status) : undefined,
  // As text, so that the planner sees that the partial index suits.
  filter.status > 1 ? sql`status <> 1` : undefined,
  filter.sessionId ? and(eq(calls.sessionId, filter.sessionId), sql`session_id <> ''`) : undefined,
  filter.endUser ? and(eq(calls.endUser, filter.endUser), sql`end_user <> ''`) : undefined,
  filter.actor ? eq(calls.actor, filter.actor) : undefined,
  filter.minDurationMs ? gte(calls.durationMs, filter.minDurationMs) : undefined,
];

const beforeKey = ({ startMs, id }: CallKey): SQL =>
  sql`(${calls.startTime}, ${calls.id}) < (${new Date(startMs).toISOString()}::timestamptz, ${id})`;
