import { afterEach, describe, expect, test } from 'vitest';
import type { LlamaCppEngine } from '../src/engine/llama-cpp-engine.ts';
import { ask, llamaEngine, user } from './support/engines.ts';
import { modelFile } from './support/models.ts';

const path = modelFile('smollm2-135m-instruct/model.gguf');

const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
};

describe.skipIf(!path)('faults of a replica', () => {
  let engine: LlamaCppEngine;
  afterEach(() => engine?.close());
  const long = { messages: [user('Write a very long story.')], sampling: { maxTokens: 400 } };
  const short = { messages: [user('Hi')], sampling: { maxTokens: 3 } };

  test('a crash ends the requests in it with a typed error, and the next one is served by a new process', async () => {
    engine = llamaEngine(path!);
    const running = [ask(engine, long), ask(engine, long)].map((answer) => answer.catch((error) => error));
    await until(() => engine.describe().generatedTokens > 5);
    const before = engine.replica.process.pid!;
    process.kill(before, 'SIGKILL');
    for (const error of await Promise.all(running)) {
      expect(error).toMatchObject({ code: 'inference.replica_lost', category: 'unavailable' });
    }
    const { finish } = await ask(engine, short);
    expect(finish.outputTokens).toBeGreaterThan(0);
    expect(engine.replica.process.pid).not.toBe(before);
    expect(engine.describe()).toMatchObject({ state: 'ready', restarts: 1 });
  });

  test('a process that stands still under work is replaced; one that is idle too', async () => {
    engine = llamaEngine(path!, {}, { stallMs: 1000 });
    const running = ask(engine, long).catch((error) => error);
    await until(() => engine.describe().generatedTokens > 5);
    process.kill(engine.replica.process.pid!, 'SIGSTOP');
    expect(await running).toMatchObject({ code: 'inference.replica_lost' });
    await ask(engine, short);
    expect(engine.describe().restarts).toBe(1);
    process.kill(engine.replica.process.pid!, 'SIGSTOP');
    await until(() => engine.describe().restarts === 2);
    await ask(engine, short);
  });

  test('a model that cannot be loaded is reported, and its callers are told to come back', async () => {
    engine = llamaEngine('/nonexistent/model.gguf');
    const soon = { deadline: Date.now() + 1500 };
    await expect(ask(engine, short, soon)).rejects.toMatchObject({
      code: 'inference.model_loading',
      category: 'unavailable',
    });
    await until(() => engine.describe().state === 'crashed');
    expect(engine.describe().error).toMatch(/nonexistent|file/i);
  });

  test('a full queue and a passed deadline are typed errors', async () => {
    engine = llamaEngine(path!, { slots: 1 }, { maxQueued: 1 });
    const running = ask(engine, long).catch((error) => error);
    await until(() => engine.describe().generatedTokens > 0);
    const queued = ask(engine, short, { deadline: Date.now() + 200 });
    const rejected = ask(engine, short);
    await expect(rejected).rejects.toMatchObject({ code: 'inference.queue_full', category: 'exhausted' });
    await expect(rejected).rejects.toHaveProperty('retryAfterMs', expect.any(Number));
    await expect(queued).rejects.toMatchObject({ code: 'inference.deadline_exceeded' });
    expect(engine.describe()).toMatchObject({ rejected: 1, expired: 1, queued: 0 });
    await engine.close();
    await running;
  });
});
