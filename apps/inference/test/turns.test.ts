import { until } from '@llmops/testing';
import { expect, test } from 'vitest';
import { batchesByLength } from '../src/onnx/pool.ts';
import { Turns } from '../src/onnx/turns.ts';

async function* work(name: string, steps: number, log: string[], onStep = (_: number) => {}) {
  for (let i = 1; i <= steps; i++) {
    log.push(`${name}${i}`);
    onStep(i);
    yield;
  }
}

test('works take turns, and an urgent one that comes in between goes before all of them', async () => {
  const turns = new Turns();
  const log: string[] = [];
  const begin = (step: number) => {
    if (step === 2) turns.add(work('q', 2, log), true);
  };
  turns.add(work('a', 3, log), false);
  turns.add(work('b', 3, log, begin), false);
  await until(() => log.length === 8);
  expect(log).toEqual(['a1', 'b1', 'a2', 'b2', 'q1', 'q2', 'a3', 'b3']);
});

test('urgent works take turns too: a long one does not hold up the next', async () => {
  const turns = new Turns();
  const log: string[] = [];
  turns.add(work('long', 3, log), true);
  turns.add(work('short', 1, log), true);
  await until(() => log.length === 4);
  expect(log).toEqual(['long1', 'short1', 'long2', 'long3']);
});

test('batches hold like lengths, at most so many rows and so many tokens with padding', () => {
  const batches = batchesByLength([10, 200, 190, 12, 11, 300], { batchSize: 3, batchTokens: 400 });
  expect(batches).toEqual([[5], [1, 2], [3, 4, 0]]);
});

test('a text longer than a batch is one of its own', () => {
  expect(batchesByLength([500, 1], { batchSize: 8, batchTokens: 100 })).toEqual([[0], [1]]);
  expect(batchesByLength([], { batchSize: 8, batchTokens: 100 })).toEqual([]);
});
