import type { TraceSummary } from '@llmops/contracts/observability/v1/trace';

/** Live traces before the listed ones, newest first, each id once. At most `limit` live ones are kept. */
export function mergeLive(live: readonly TraceSummary[], listed: readonly TraceSummary[], limit = 500): TraceSummary[] {
  const byId = new Map<string, TraceSummary>();
  for (const trace of [...live.slice(0, limit), ...listed]) {
    if (!byId.has(trace.traceId)) byId.set(trace.traceId, trace);
  }
  return [...byId.values()].sort((a, b) => startOf(b) - startOf(a));
}

function startOf(trace: TraceSummary): number {
  const { seconds = 0n, nanos = 0 } = trace.startTime ?? {};
  return Number(seconds) * 1000 + nanos / 1e6;
}
