import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { TraceSummarySchema } from '@llmops/contracts/observability/v1/trace';
import { expect, test } from 'vitest';
import { mergeLive } from './merge-live.ts';

const trace = (traceId: string, ms: number) => create(TraceSummarySchema, { traceId, startTime: timestampFromMs(ms) });

test('a trace that is both live and listed shows once, and the newest is first', () => {
  const merged = mergeLive([trace('c', 30), trace('b', 20)], [trace('b', 20), trace('a', 10)]);
  expect(merged.map((entry) => entry.traceId)).toEqual(['c', 'b', 'a']);
});

test('traces that arrive late are put where they began', () => {
  const merged = mergeLive([trace('slow', 5)], [trace('b', 20), trace('a', 1)]);
  expect(merged.map((entry) => entry.traceId)).toEqual(['b', 'slow', 'a']);
});
