import { create } from '@bufbuild/protobuf';
import { Call_Status } from '@llmops/contracts/gateway/v1/call';
import { TraceSummarySchema } from '@llmops/contracts/observability/v1/trace';
import { expect, test } from 'vitest';
import { listTracesFilter, matchesSearch, parseTraceSearch } from './trace-search.ts';

test('an address with nonsense in it still gives valid filters', () => {
  expect(parseTraceSearch({ status: 'toString', minMs: 'x', range: 'year', model: '', q: 42, session: 's1' })).toEqual({
    q: '42',
    session: 's1',
  });
});

test('filters become a request', () => {
  const filter = listTracesFilter({ status: 'error', q: 'refund', minMs: 250, range: '1h' }, 7_200_000);
  expect(filter).toMatchObject({ status: Call_Status.ERROR, query: 'refund', minDurationMs: 250, model: '' });
  expect(filter.startTime?.seconds).toBe(3600n);
  expect(listTracesFilter({})).not.toHaveProperty('startTime');
});

test('a live trace is shown only when it passes every filter', () => {
  const trace = create(TraceSummarySchema, {
    model: 'smollm2',
    status: Call_Status.OK,
    durationMs: 300,
    inputPreview: 'Please Refund my order',
  });
  expect(matchesSearch(trace, {})).toBe(true);
  expect(matchesSearch(trace, { model: 'smollm2', status: 'ok', minMs: 300, q: 'order refund' })).toBe(true);
  expect(matchesSearch(trace, { q: 'order invoice' })).toBe(false);
  expect(matchesSearch(trace, { model: 'other' })).toBe(false);
  expect(matchesSearch(trace, { status: 'error' })).toBe(false);
  expect(matchesSearch(trace, { minMs: 301 })).toBe(false);
  expect(matchesSearch(trace, { session: 's' })).toBe(false);
});
