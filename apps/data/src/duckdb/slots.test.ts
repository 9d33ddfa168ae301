import { expect, test } from 'vitest';
import { Slots } from './slots.ts';

test('no more than the slots are taken; who waits comes in turn, and who leaves takes none', async () => {
  const slots = new Slots(1);
  const first = await slots.take();
  const order: string[] = [];
  const left = new AbortController();
  const gone = slots.take(left.signal);
  const second = slots.take().then((free) => {
    order.push('second');
    return free;
  });
  const third = slots.take().then((free) => {
    order.push('third');
    return free;
  });
  left.abort(new Error('left'));
  await expect(gone).rejects.toThrow('left');
  first();
  first();
  const free = await second;
  expect(order).toEqual(['second']);
  free();
  (await third)();
  expect(order).toEqual(['second', 'third']);
  (await slots.take())();
});
