import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { Call_Status } from '@llmops/contracts/gateway/v1/call';
import type { TraceSummary } from '@llmops/contracts/observability/v1/trace';
import { isRange, type Range, ranges } from '../overview/ranges.ts';

export type StatusFilter = 'ok' | 'error' | 'cancelled';

/** The traces page's filters, as they stand in the address. Absent means any. */
export interface TraceSearch {
  model?: string;
  status?: StatusFilter;
  session?: string;
  q?: string;
  /** Least duration in milliseconds. */
  minMs?: number;
  range?: Range;
}

const statusByFilter: Record<StatusFilter, Call_Status> = {
  ok: Call_Status.OK,
  error: Call_Status.ERROR,
  cancelled: Call_Status.CANCELLED,
};

/** Reads the filters from an address; what makes no sense is left out. */
export function parseTraceSearch(search: Record<string, unknown>): TraceSearch {
  const parsed: TraceSearch = {};
  for (const key of ['model', 'session', 'q'] as const) {
    // The router reads `?q=42` as a number.
    const value = search[key];
    if ((typeof value === 'string' || typeof value === 'number') && value !== '') parsed[key] = String(value);
  }
  const { status, minMs, range } = search;
  if (typeof status === 'string' && Object.hasOwn(statusByFilter, status)) parsed.status = status as StatusFilter;
  if (typeof minMs === 'number' && minMs > 0) parsed.minMs = minMs;
  if (isRange(range)) parsed.range = range;
  return parsed;
}

/** The filters as ListTraces takes them. */
export function listTracesFilter(search: TraceSearch, now = Date.now()) {
  return {
    model: search.model ?? '',
    status: search.status ? statusByFilter[search.status] : Call_Status.UNSPECIFIED,
    sessionId: search.session ?? '',
    query: search.q ?? '',
    minDurationMs: search.minMs ?? 0,
    ...(search.range && { startTime: timestampFromMs(now - ranges[search.range].seconds * 1000) }),
  };
}

/** Whether a trace that just arrived belongs in the list. Words are looked for in what the summary shows of the texts. */
export function matchesSearch(trace: TraceSummary, search: TraceSearch): boolean {
  if (search.model && trace.model !== search.model) return false;
  if (search.status && trace.status !== statusByFilter[search.status]) return false;
  if (search.session && trace.sessionId !== search.session) return false;
  if (search.minMs && trace.durationMs < search.minMs) return false;
  const text = `${trace.inputPreview} ${trace.outputPreview}`.toLowerCase();
  return (search.q ?? '')
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

export function hasFilters(search: TraceSearch): boolean {
  return Object.keys(search).length > 0;
}
