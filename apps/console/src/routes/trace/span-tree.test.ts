import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { SpanSchema } from '@llmops/contracts/observability/v1/trace';
import { expect, test } from 'vitest';
import { layoutSpans } from './span-tree.ts';

const span = (spanId: string, parentSpanId: string, at: number, durationMs: number) =>
  create(SpanSchema, { spanId, parentSpanId, durationMs, startTime: timestampFromMs(1_000_000 + at) });

test('spans come depth first, children by start, placed on the time of the whole trace', () => {
  const rows = layoutSpans([
    span('c', 'a', 50, 50),
    span('b', 'a', 10, 30),
    span('d', 'b', 10, 10),
    span('a', '', 0, 100),
  ]);
  expect(rows.map((row) => [row.span.spanId, row.depth, row.left, row.width])).toEqual([
    ['a', 0, 0, 1],
    ['b', 1, 0.1, 0.3],
    ['d', 2, 0.1, 0.1],
    ['c', 1, 0.5, 0.5],
  ]);
  expect(rows[0]?.childCount).toBe(2);
});

test('a span whose parent is missing, or that is on a cycle, shows exactly once', () => {
  const rows = layoutSpans([span('x', 'gone', 5, 5), span('p', 'q', 0, 1), span('q', 'p', 0, 1), span('s', 's', 2, 1)]);
  expect(rows.map((row) => row.span.spanId).sort()).toEqual(['p', 'q', 's', 'x']);
});

test('a chain of 20,000 spans is laid out', () => {
  const chain = Array.from({ length: 20_000 }, (_, index) =>
    span(`s${index}`, index === 0 ? '' : `s${index - 1}`, index, 1),
  );
  expect(layoutSpans(chain).at(-1)?.depth).toBe(19_999);
});

test('a trace without length fills the width', () => {
  expect(layoutSpans([span('a', '', 0, 0)])).toMatchObject([{ left: 0, width: 1 }]);
});
