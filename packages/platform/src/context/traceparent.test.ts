import { expect, test } from 'vitest';
import { formatTraceparent, newSpanId, newTraceId, parseTraceparent } from './traceparent.ts';

test('what is formatted parses to the same', () => {
  const trace = { traceId: newTraceId(), spanId: newSpanId() };
  expect(parseTraceparent(formatTraceparent(trace))).toEqual(trace);
});

test.each([
  undefined,
  '',
  'nonsense',
  `00-${'0'.repeat(32)}-${'1'.repeat(16)}-01`,
  `00-${'1'.repeat(32)}-${'0'.repeat(16)}-01`,
  `00-${'A'.repeat(32)}-${'1'.repeat(16)}-01`,
])('a malformed header starts a new trace: %s', (header) => expect(parseTraceparent(header)).toBeUndefined());
