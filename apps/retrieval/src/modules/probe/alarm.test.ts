import { expect, test } from 'vitest';
import { alarmOf } from './probe-recall.ts';

const fine = {
  embeddingModel: 'minilm',
  filter: 'none',
  selectivity: 1,
  recall: 0.99,
  returned: 10,
  possible: 10,
  p50Ms: 1,
  exactP50Ms: 9,
  plan: 'hnsw' as const,
  queries: 100,
};

test('no alarm while recall is at least 0.95 and nothing that matches is missing', () => {
  expect(alarmOf([fine, { ...fine, recall: 0.95 }])).toBe('');
});

test('the alarm names the model, the filter and what to do', () => {
  const alarm = alarmOf([fine, { ...fine, recall: 0.8123, filter: 'one document in 20' }]);
  expect(alarm).toBe(
    'Of what minilm should find with a filter that one document in 20 passes, 81.2 % is found; 95 % is the least. Build a new index version and activate it.',
  );
});

test('fewer results than match are an alarm, however right they are', () => {
  expect(alarmOf([{ ...fine, recall: 1, returned: 7 }])).not.toBe('');
});
