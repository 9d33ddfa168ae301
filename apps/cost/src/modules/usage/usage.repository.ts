import { type BulkColumn, bulkInsert, type Transaction } from '@llmops/db';
import type { Steps } from '@llmops/platform/steps';
import { Injectable } from '@nestjs/common';
import { and, desc, eq, gte, lt, sql } from 'drizzle-orm';
import { usage } from './usage.table.ts';

export type UsageRow = typeof usage.$inferSelect;

export interface UsageDelta {
  projectId: string;
  widthS: number;
  /** Milliseconds since the epoch. */
  timeMs: number;
  model: string;
  actor: string;
  calls: bigint;
  inputTokens: bigint;
  outputTokens: bigint;
  costNanoUsd: bigint;
  unpricedCalls: bigint;
}

export interface UsageTotals {
  calls: bigint;
  inputTokens: bigint;
  outputTokens: bigint;
  costNanoUsd: bigint;
  unpricedCalls: bigint;
}

/** Sums of one step, one model, one actor, or of all; what it is not of is null. */
export interface UsageSum extends UsageTotals {
  step: number | null;
  model: string | null;
  actor: string | null;
}

const tokenColumns = [
  ['input_tokens', 'inputTokens'],
  ['cached_input_tokens', 'cachedInputTokens'],
  ['cache_write_tokens', 'cacheWriteTokens'],
  ['output_tokens', 'outputTokens'],
  ['reasoning_tokens', 'reasoningTokens'],
  ['input_audio_tokens', 'inputAudioTokens'],
  ['output_audio_tokens', 'outputAudioTokens'],
] as const;

const rowColumns: BulkColumn<UsageRow>[] = [
  { name: 'call_id', type: 'text', of: (row) => row.callId },
  { name: 'organization_id', type: 'text', of: (row) => row.organizationId },
  { name: 'project_id', type: 'text', of: (row) => row.projectId },
  { name: 'trace_id', type: 'text', of: (row) => row.traceId },
  { name: 'time', type: 'timestamptz', of: (row) => row.time.toISOString() },
  { name: 'actor', type: 'text', of: (row) => row.actor },
  { name: 'operation', type: 'text', of: (row) => row.operation },
  { name: 'model', type: 'text', of: (row) => row.model },
  { name: 'provider', type: 'text', of: (row) => row.provider },
  { name: 'release_id', type: 'text', of: (row) => row.releaseId },
  { name: 'status', type: 'smallint', of: (row) => row.status },
  ...tokenColumns.map(([name, key]): BulkColumn<UsageRow> => ({ name, type: 'bigint', of: (row) => row[key] })),
  { name: 'estimated', type: 'boolean', of: (row) => row.estimated },
  { name: 'price_state', type: 'smallint', of: (row) => row.priceState },
  { name: 'cost_nano_usd', type: 'bigint', of: (row) => row.costNanoUsd },
  { name: 'price_key', type: 'text', of: (row) => row.priceKey },
  { name: 'price_version', type: 'text', of: (row) => row.priceVersion },
];

const sumNames = ['calls', 'input_tokens', 'output_tokens', 'cost_nano_usd', 'unpriced_calls'] as const;

const sumColumns: BulkColumn<UsageDelta>[] = [
  { name: 'project_id', type: 'text', of: (delta) => delta.projectId },
  { name: 'width_s', type: 'integer', of: (delta) => delta.widthS },
  { name: 'time', type: 'timestamptz', of: (delta) => new Date(delta.timeMs).toISOString() },
  { name: 'model', type: 'text', of: (delta) => delta.model },
  { name: 'actor', type: 'text', of: (delta) => delta.actor },
  { name: 'calls', type: 'bigint', of: (delta) => delta.calls },
  { name: 'input_tokens', type: 'bigint', of: (delta) => delta.inputTokens },
  { name: 'output_tokens', type: 'bigint', of: (delta) => delta.outputTokens },
  { name: 'cost_nano_usd', type: 'bigint', of: (delta) => delta.costNanoUsd },
  { name: 'unpriced_calls', type: 'bigint', of: (delta) => delta.unpricedCalls },
];

const insertRows = bulkInsert<UsageRow, { call_id: string }>(
  'cost.usage',
  rowColumns,
  'on conflict do nothing returning call_id',
);
const addSums = bulkInsert(
  'cost.usage_sums',
  sumColumns,
  `on conflict (project_id, width_s, time, model, actor) do update set
    ${sumNames.map((name) => `${name} = usage_sums.${name} + excluded.${name}`).join(', ')}`,
);

@Injectable()
export class UsageRepository {
  /** Writes the rows that are not there yet; returns the call ids of those. */
  async insert(tx: Transaction, rows: readonly UsageRow[]): Promise<Set<string>> {
    const inserted = await insertRows(tx, rows);
    return new Set(inserted.rows.map((row) => row.call_id));
  }

  async addSums(tx: Transaction, deltas: readonly UsageDelta[]): Promise<void> {
    if (deltas.length > 0) await addSums(tx, deltas);
  }

  /** Newest first, at most `limit`, after the row of `before` (time in ms). */
  page(
    tx: Transaction,
    projectId: string,
    range: { startTime?: Date | undefined; endTime?: Date | undefined },
    before: { timeMs: number; callId: string } | undefined,
    limit: number,
  ): Promise<UsageRow[]> {
    const after =
      before &&
      sql`(${usage.time}, ${usage.callId}) < (${new Date(before.timeMs).toISOString()}::timestamptz, ${before.callId})`;
    return tx
      .select()
      .from(usage)
      .where(
        and(
          eq(usage.projectId, projectId),
          range.startTime && gte(usage.time, range.startTime),
          range.endTime && lt(usage.time, range.endTime),
          after,
        ),
      )
      .orderBy(desc(usage.time), desc(usage.callId))
      .limit(limit);
  }

  /** Sums per step, per model, per actor and of all, in one read of the sums. */
  async sums(tx: Transaction, projectId: string, { startMs, stepS, count, widthS }: Steps): Promise<UsageSum[]> {
    const start = new Date(startMs).toISOString();
    const end = new Date(startMs + count * stepS * 1000).toISOString();
    const { rows } = await tx.execute<Record<keyof UsageSum, string | number | null>>(sql`
      select step, model, actor, sum(calls)::int8 as calls, sum(input_tokens)::int8 as "inputTokens",
        sum(output_tokens)::int8 as "outputTokens", sum(cost_nano_usd)::int8 as "costNanoUsd",
        sum(unpriced_calls)::int8 as "unpricedCalls"
      from (
        select *, ((extract(epoch from time)::int8 - ${startMs / 1000}::int8) / ${stepS}::int8)::int as step
        from cost.usage_sums
        where project_id = ${projectId} and width_s = ${widthS}
          and time >= ${start}::timestamptz and time < ${end}::timestamptz
      ) as sums
      group by grouping sets ((step), (model), (actor), ())`);
    return rows.map((row) => ({
      step: row.step as number | null,
      model: row.model as string | null,
      actor: row.actor as string | null,
      calls: BigInt(row.calls ?? 0),
      inputTokens: BigInt(row.inputTokens ?? 0),
      outputTokens: BigInt(row.outputTokens ?? 0),
      costNanoUsd: BigInt(row.costNanoUsd ?? 0),
      unpricedCalls: BigInt(row.unpricedCalls ?? 0),
    }));
  }

  /** Removes sums by minute before `minutes`, and inbox rows before `received`; returns how many. */
  async deleteBefore(tx: Transaction, minutes: Date, received: Date): Promise<number> {
    const before = (date: Date) => sql`${date.toISOString()}::timestamptz`;
    const sums = await tx.execute(sql`delete from cost.usage_sums where width_s = 60 and time < ${before(minutes)}`);
    const inbox = await tx.execute(sql`delete from cost.inbox where receive_time < ${before(received)}`);
    return (sums.rowCount ?? 0) + (inbox.rowCount ?? 0);
  }
}
