import { Price_State } from '@llmops/contracts/gateway/v1/call';
import { type BulkColumn, bulkInsert, type Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { spanKinds } from '../trace/index.ts';
import type { BuiltSpan } from './build-spans.ts';
import { jsonbText } from './jsonb-text.ts';
import type { RecordedCall } from './recorded-call.ts';
import type { MetricDelta, SessionDelta } from './roll-up.ts';

const time = (ms: number) => new Date(ms).toISOString();

const callColumns: BulkColumn<RecordedCall>[] = [
  { name: 'id', type: 'text', of: ({ call }) => call.id },
  { name: 'organization_id', type: 'text', of: ({ call }) => call.organizationId },
  { name: 'project_id', type: 'text', of: ({ call }) => call.project },
  { name: 'start_time', type: 'timestamptz', of: ({ startMs }) => time(startMs) },
  { name: 'trace_id', type: 'uuid', of: ({ traceId }) => traceId },
  { name: 'name', type: 'text', of: ({ name }) => name },
  { name: 'operation', type: 'text', of: ({ call }) => call.operation },
  { name: 'model', type: 'text', of: ({ model }) => model },
  { name: 'provider', type: 'text', of: ({ call }) => call.provider },
  { name: 'release_id', type: 'text', of: ({ call }) => call.releaseId },
  { name: 'actor', type: 'text', of: ({ call }) => call.actor },
  { name: 'session_id', type: 'text', of: ({ call }) => call.sessionId },
  { name: 'end_user', type: 'text', of: ({ call }) => call.endUser },
  { name: 'duration_ms', type: 'double precision', of: ({ call }) => call.durationMs },
  { name: 'time_to_first_token_ms', type: 'double precision', of: ({ call }) => call.timeToFirstTokenMs },
  { name: 'status', type: 'smallint', of: ({ call }) => call.status },
  { name: 'error_code', type: 'text', of: ({ call }) => call.errorCode },
  { name: 'input_tokens', type: 'bigint', of: ({ call }) => call.usage?.inputTokens ?? 0 },
  { name: 'cached_input_tokens', type: 'bigint', of: ({ call }) => call.usage?.cachedInputTokens ?? 0 },
  { name: 'cache_write_tokens', type: 'bigint', of: ({ call }) => call.usage?.cacheWriteTokens ?? 0 },
  { name: 'output_tokens', type: 'bigint', of: ({ call }) => call.usage?.outputTokens ?? 0 },
  { name: 'reasoning_tokens', type: 'bigint', of: ({ call }) => call.usage?.reasoningTokens ?? 0 },
  { name: 'input_audio_tokens', type: 'bigint', of: ({ call }) => call.usage?.inputAudioTokens ?? 0 },
  { name: 'output_audio_tokens', type: 'bigint', of: ({ call }) => call.usage?.outputAudioTokens ?? 0 },
  { name: 'usage_estimated', type: 'boolean', of: ({ call }) => call.usage?.estimated ?? false },
  { name: 'price_state', type: 'smallint', of: ({ call }) => call.price?.state ?? Price_State.UNSPECIFIED },
  { name: 'cost_nano_usd', type: 'bigint', of: ({ call }) => call.price?.costNanoUsd ?? 0 },
  { name: 'price_key', type: 'text', of: ({ call }) => call.price?.priceKey ?? '' },
  { name: 'price_version', type: 'text', of: ({ call }) => call.price?.priceVersion ?? '' },
  { name: 'span_count', type: 'integer', of: ({ spans }) => spans.length },
  { name: 'input_preview', type: 'text', of: ({ inputPreview }) => inputPreview },
  { name: 'output_preview', type: 'text', of: ({ outputPreview }) => outputPreview },
  { name: 'terms', type: 'text', cast: 'integer[]', of: ({ terms }) => `{${terms}}` },
];

const spanColumns: BulkColumn<BuiltSpan>[] = [
  { name: 'project_id', type: 'text', of: (span) => span.projectId },
  { name: 'call_id', type: 'text', of: (span) => span.callId },
  { name: 'trace_id', type: 'uuid', of: (span) => span.traceId },
  { name: 'span_id', type: 'text', of: (span) => span.spanId },
  { name: 'parent_span_id', type: 'text', of: (span) => span.parentSpanId },
  { name: 'name', type: 'text', of: (span) => span.name },
  { name: 'kind', type: 'smallint', of: (span) => spanKinds[span.kind] },
  { name: 'start_time', type: 'timestamptz', of: (span) => time(span.startMs) },
  { name: 'duration_ms', type: 'double precision', of: (span) => span.durationMs },
  { name: 'status', type: 'smallint', of: (span) => span.status },
  { name: 'status_message', type: 'text', of: (span) => span.statusMessage },
  { name: 'attributes', type: 'text', cast: 'jsonb', of: (span) => jsonbText(span.attributes) },
  { name: 'input_json', type: 'text', of: (span) => span.inputJson },
  { name: 'output_json', type: 'text', of: (span) => span.outputJson },
];

const metricColumns: BulkColumn<MetricDelta>[] = [
  { name: 'project_id', type: 'text', of: (delta) => delta.projectId },
  { name: 'width_s', type: 'integer', of: (delta) => delta.widthS },
  { name: 'time', type: 'timestamptz', of: (delta) => time(delta.timeMs) },
  { name: 'model', type: 'text', of: (delta) => delta.model },
  { name: 'requests', type: 'bigint', of: (delta) => delta.requests },
  { name: 'errors', type: 'bigint', of: (delta) => delta.errors },
  { name: 'cancelled', type: 'bigint', of: (delta) => delta.cancelled },
  { name: 'input_tokens', type: 'bigint', of: (delta) => delta.inputTokens },
  { name: 'output_tokens', type: 'bigint', of: (delta) => delta.outputTokens },
  { name: 'duration_counts', type: 'text', cast: 'integer[]', of: (delta) => `{${delta.durationCounts}}` },
  {
    name: 'time_to_first_token_counts',
    type: 'text',
    cast: 'integer[]',
    of: (delta) => `{${delta.timeToFirstTokenCounts}}`,
  },
];

const sessionColumns: BulkColumn<SessionDelta>[] = [
  { name: 'project_id', type: 'text', of: (delta) => delta.projectId },
  { name: 'id', type: 'text', of: (delta) => delta.id },
  { name: 'start_time', type: 'timestamptz', of: (delta) => time(delta.startMs) },
  { name: 'last_time', type: 'timestamptz', of: (delta) => time(delta.lastMs) },
  { name: 'trace_count', type: 'bigint', of: (delta) => delta.traceCount },
  { name: 'error_count', type: 'bigint', of: (delta) => delta.errorCount },
  { name: 'total_tokens', type: 'bigint', of: (delta) => delta.totalTokens },
  { name: 'cost_nano_usd', type: 'bigint', of: (delta) => delta.costNanoUsd },
  { name: 'end_user', type: 'text', of: (delta) => delta.endUser },
];

const insertCalls = bulkInsert<RecordedCall, { id: string }>(
  'observability.calls',
  callColumns,
  'on conflict do nothing returning id',
);
const insertSpans = bulkInsert('observability.spans', spanColumns);

const sums = (table: string, columns: string[]) =>
  columns.map((column) => `${column} = ${table}.${column} + excluded.${column}`).join(', ');
const counts = (column: string) => `${column} = observability.add_counts(metrics.${column}, excluded.${column})`;

const addMetrics = bulkInsert(
  'observability.metrics',
  metricColumns,
  `on conflict (project_id, width_s, time, model) do update set
    ${sums('metrics', ['requests', 'errors', 'cancelled', 'input_tokens', 'output_tokens'])},
    ${counts('duration_counts')}, ${counts('time_to_first_token_counts')}`,
);
const addSessions = bulkInsert(
  'observability.sessions',
  sessionColumns,
  `on conflict (project_id, id) do update set
    ${sums('sessions', ['trace_count', 'error_count', 'total_tokens', 'cost_nano_usd'])},
    start_time = least(sessions.start_time, excluded.start_time),
    last_time = greatest(sessions.last_time, excluded.last_time),
    end_user = coalesce(nullif(excluded.end_user, ''), sessions.end_user)`,
);

@Injectable()
export class IngestRepository {
  /** Writes the calls that are not there yet; returns the ids of those. */
  async insertCalls(tx: Transaction, calls: readonly RecordedCall[]): Promise<Set<string>> {
    const { rows } = await insertCalls(tx, calls);
    return new Set(rows.map(({ id }) => id));
  }

  async insertSpans(tx: Transaction, spans: readonly BuiltSpan[]): Promise<void> {
    await insertSpans(tx, spans);
  }

  async addMetrics(tx: Transaction, deltas: readonly MetricDelta[]): Promise<void> {
    if (deltas.length > 0) await addMetrics(tx, deltas);
  }

  async addSessions(tx: Transaction, deltas: readonly SessionDelta[]): Promise<void> {
    if (deltas.length > 0) await addSessions(tx, deltas);
  }
}
