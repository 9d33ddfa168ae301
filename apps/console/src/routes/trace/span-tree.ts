import type { Span } from '@llmops/contracts/observability/v1/trace';

/** A span placed in the waterfall: `left` and `width` are shares of the trace's whole time, 0 to 1. */
export interface SpanRow {
  span: Span;
  depth: number;
  left: number;
  width: number;
  childCount: number;
}

/** Milliseconds since the epoch, with the fraction that a Date would lose. */
function startMs(span: Span): number {
  return Number(span.startTime?.seconds ?? 0n) * 1000 + (span.startTime?.nanos ?? 0) / 1e6;
}

/**
 * Spans depth first, children by start. A span whose parent is not in the trace (not arrived, or another service's) is
 * a root, and so is one on a cycle: every span shows exactly once.
 */
export function layoutSpans(spans: readonly Span[]): SpanRow[] {
  const ids = new Set(spans.map((span) => span.spanId));
  const children = new Map<string, Span[]>();
  for (const span of [...spans].sort((a, b) => startMs(a) - startMs(b))) {
    const parent = ids.has(span.parentSpanId) && span.parentSpanId !== span.spanId ? span.parentSpanId : '';
    const siblings = children.get(parent);
    if (siblings) siblings.push(span);
    else children.set(parent, [span]);
  }
  const { start, total } = boundsOf(spans);
  const rows: SpanRow[] = [];
  const seen = new Set<string>();
  const place = (root: Span) => {
    // A stack of our own: a chain of ten thousand spans must not overflow the browser's.
    const stack = [{ span: root, depth: 0 }];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const { span, depth } = next;
      if (seen.has(span.spanId)) continue;
      seen.add(span.spanId);
      const below = children.get(span.spanId) ?? [];
      rows.push({ span, depth, ...shareOf(span, start, total), childCount: below.length });
      stack.push(...[...below].reverse().map((child) => ({ span: child, depth: depth + 1 })));
    }
  };
  for (const root of children.get('') ?? []) place(root);
  for (const span of spans) place(span);
  return rows;
}

/** The whole time of a trace, from the first start to the last end. */
function boundsOf(spans: readonly Span[]): { start: number; total: number } {
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  for (const span of spans) {
    start = Math.min(start, startMs(span));
    end = Math.max(end, startMs(span) + span.durationMs);
  }
  return spans.length === 0 ? { start: 0, total: 0 } : { start, total: end - start };
}

function shareOf(span: Span, start: number, total: number): { left: number; width: number } {
  if (total <= 0) return { left: 0, width: 1 };
  return { left: (startMs(span) - start) / total, width: span.durationMs / total };
}
