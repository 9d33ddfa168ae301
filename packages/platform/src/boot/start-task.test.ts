import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import { startTask } from './start-task.ts';

const log = pino({ level: 'silent' });

test('a task that fails is tried again until it succeeds, then rests', async () => {
  let runs = 0;
  const stop = startTask({
    log,
    name: 'test',
    run: async () => {
      runs += 1;
      if (runs < 2) throw new Error('not yet');
    },
  });
  await vi.waitFor(() => expect(runs).toBe(2), { timeout: 5_000 });
  await stop();
  expect(runs).toBe(2);
});

test('stopping waits for the run in progress and begins no other', async () => {
  let finish = () => {};
  const running = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let runs = 0;
  const run = () => {
    runs += 1;
    return running;
  };
  const stop = startTask({ log, name: 'test', everyMs: 0, run });
  let stopped = false;
  const stopping = stop().then(() => {
    stopped = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(stopped).toBe(false);
  finish();
  await stopping;
  expect(runs).toBe(1);
});
