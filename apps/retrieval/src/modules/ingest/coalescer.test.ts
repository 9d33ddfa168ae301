import { expect, test } from 'vitest';
import { Coalescer } from './coalescer.ts';

/** Batches that end when told. */
function held(options: { maxItems: number; maxInFlight: number; maxWeight?: number }) {
  const batches: { key: string; items: number[]; end: () => void }[] = [];
  const coalescer = new Coalescer<number, number>({
    ...options,
    weigh: (item) => item,
    run: (key, items) =>
      new Promise((resolve) => batches.push({ key, items, end: () => resolve(items.map((item) => item * 10)) })),
  });
  const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  return { batches, coalescer, turn };
}

test('what is asked for at once goes together, what comes meanwhile goes with the next batch', async () => {
  const { batches, coalescer, turn } = held({ maxItems: 3, maxInFlight: 1 });
  const results = [1, 2, 3, 4].map((item) => coalescer.add('a', item));
  await turn();
  results.push(coalescer.add('a', 5));
  await turn();
  expect(batches.map(({ items }) => items)).toEqual([[1, 2, 3]]);
  batches[0]!.end();
  await turn();
  expect(batches.map(({ items }) => items)).toEqual([
    [1, 2, 3],
    [4, 5],
  ]);
  batches[1]!.end();
  expect(await Promise.all(results)).toEqual([10, 20, 30, 40, 50]);
  expect(coalescer.depth).toBe(0);
});

test('keys do not share batches nor wait for each other', async () => {
  const { batches, coalescer, turn } = held({ maxItems: 10, maxInFlight: 1 });
  const results = [coalescer.add('a', 1), coalescer.add('b', 2)];
  await turn();
  expect(batches.map(({ key }) => key).sort()).toEqual(['a', 'b']);
  for (const { end } of batches) end();
  expect(await Promise.all(results)).toEqual([10, 20]);
});

test('a batch is no heavier than allowed, unless one item is', async () => {
  const { batches, coalescer, turn } = held({ maxItems: 10, maxInFlight: 9, maxWeight: 5 });
  for (const item of [3, 2, 9, 1]) void coalescer.add('a', item);
  await turn();
  expect(batches.map(({ items }) => items)).toEqual([[3, 2], [9], [1]]);
});

test('a batch that fails fails each of its items, and the next one runs', async () => {
  let runs = 0;
  const coalescer = new Coalescer<number, number>({
    maxItems: 2,
    maxInFlight: 1,
    run: async (_key, items) => {
      runs += 1;
      if (runs === 1) throw new Error('once');
      return items;
    },
  });
  const results = await Promise.allSettled([1, 2, 3].map((item) => coalescer.add('a', item)));
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
});
