import { describe, expect, test } from 'vitest';
import { Admission } from '../src/scheduler/admission.ts';
import { FairQueue } from '../src/scheduler/fair-queue.ts';

describe('the queue', () => {
  test('projects take turns, however many requests one of them has', () => {
    const queue = new FairQueue<string>(10);
    for (const item of ['a1', 'a2', 'a3', 'a4']) queue.add('a', item);
    queue.add('b', 'b1');
    queue.add('c', 'c1');
    queue.add('b', 'b2');
    expect(Array.from({ length: 8 }, () => queue.take())).toEqual([
      'a1',
      'b1',
      'c1',
      'a2',
      'b2',
      'a3',
      'a4',
      undefined,
    ]);
  });

  test('it is bounded over all projects, and what leaves makes room', () => {
    const queue = new FairQueue<string>(2);
    expect([queue.add('a', '1'), queue.add('b', '2'), queue.add('c', '3')]).toEqual([undefined, undefined, '3']);
    queue.remove('a', '1');
    expect(queue.add('c', '3')).toBeUndefined();
    expect([queue.take(), queue.take(), queue.take()]).toEqual(['2', '3', undefined]);
  });

  test('when it is full, the project with the most entries gives up its newest', () => {
    const queue = new FairQueue<string>(3);
    for (const item of ['a1', 'a2', 'a3']) queue.add('a', item);
    expect([queue.add('b', 'b1'), queue.add('a', 'a4'), queue.add('b', 'b2')]).toEqual(['a3', 'a4', 'b2']);
    expect(queue.size).toBe(3);
    expect([queue.take(), queue.take(), queue.take()]).toEqual(['a1', 'b1', 'a2']);
  });
});

describe('admission', () => {
  const make = (over: Partial<ConstructorParameters<typeof Admission>[0]> = {}) =>
    new Admission({ model: 'm', maxQueued: 4, maxQueueMs: 60_000, holdWhileLoadingMs: 50, capacity: () => 1, ...over });

  test('one runs, the next runs when it is done, and releasing twice counts once', async () => {
    const admission = make();
    const first = await admission.acquire({ group: 'a' });
    const second = admission.acquire({ group: 'a' });
    expect([admission.running, admission.queued]).toEqual([1, 1]);
    first.release();
    first.release();
    (await second).release();
    expect([admission.running, admission.queued]).toEqual([0, 0]);
  });

  test('urgent requests go before those in bulk, which leave them the reserved places', async () => {
    const admission = make({ capacity: () => 3, reserved: 2 });
    const order: string[] = [];
    const enter = async (name: string, urgent: boolean) => {
      const lease = await admission.acquire({ group: 'a', urgent });
      order.push(name);
      return lease;
    };
    const bulk = await enter('bulk 1', false);
    const waiting = enter('bulk 2', false);
    const urgent = [await enter('query 1', true), await enter('query 2', true)];
    const third = enter('query 3', true);
    expect([admission.running, admission.queued]).toEqual([3, 2]);
    bulk.release();
    await third;
    for (const lease of urgent) lease.release();
    expect(order).toEqual(['bulk 1', 'query 1', 'query 2', 'query 3']);
    (await third).release();
    (await waiting).release();
    expect(order.at(-1)).toBe('bulk 2');
  });

  test('who leaves the queue is not admitted', async () => {
    const admission = make();
    const first = await admission.acquire({ group: 'a' });
    const abort = new AbortController();
    const gone = admission.acquire({ group: 'a', signal: abort.signal });
    const next = admission.acquire({ group: 'a' });
    abort.abort(new Error('client gone'));
    await expect(gone).rejects.toThrow('client gone');
    first.release();
    (await next).release();
    expect(admission.running).toBe(0);
  });

  test('a model that is loading holds requests for a while, then says so; one that loads in time serves them', async () => {
    await expect(make({ capacity: () => 0 }).acquire({ group: 'a' })).rejects.toMatchObject({
      code: 'inference.model_loading',
      retryAfterMs: 2000,
    });
    let slots = 0;
    const admission = make({ capacity: () => slots, holdWhileLoadingMs: 60_000 });
    const held = admission.acquire({ group: 'a' });
    slots = 1;
    admission.admitNext();
    (await held).release();
  });

  test('who came while the model was loading waits like the others once it is there', async () => {
    let capacity = 0;
    const admission = make({ capacity: () => capacity, holdWhileLoadingMs: 20 });
    const first = admission.acquire({ group: 'a' });
    const second = admission.acquire({ group: 'a' });
    capacity = 1;
    admission.admitNext();
    const lease = await first;
    await new Promise((resolve) => setTimeout(resolve, 60));
    lease.release();
    (await second).release();
    expect(admission.expired).toBe(0);
  });

  test('a project that fills the queue does not keep another out', async () => {
    const admission = make({ maxQueued: 2 });
    const running = await admission.acquire({ group: 'a' });
    const first = admission.acquire({ group: 'a' });
    const second = admission.acquire({ group: 'a' });
    const other = admission.acquire({ group: 'b' });
    await expect(second).rejects.toMatchObject({ code: 'inference.queue_full' });
    expect([admission.queued, admission.rejected]).toEqual([2, 1]);
    running.release();
    (await first).release();
    (await other).release();
    expect([admission.running, admission.queued]).toEqual([0, 0]);
  });

  test('a full queue and a passed deadline are told apart', async () => {
    const admission = make({ maxQueued: 1 });
    const first = await admission.acquire({ group: 'a' });
    const late = admission.acquire({ group: 'a', deadline: Date.now() + 10 });
    await expect(admission.acquire({ group: 'b' })).rejects.toMatchObject({
      code: 'inference.queue_full',
      category: 'exhausted',
    });
    await expect(late).rejects.toMatchObject({ code: 'inference.deadline_exceeded' });
    expect([admission.rejected, admission.expired, admission.queued]).toEqual([1, 1, 0]);
    first.release();
  });
});
