import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { chunk, sse, startFakeProvider } from './fake-provider.ts';
import { startHarness } from './harness.ts';

async function streamDuringStop(words: number) {
  const gateway = await startHarness();
  const provider = await startFakeProvider(async (_body, response) => {
    response.setHeader('content-type', 'text/event-stream');
    for (let i = 0; i < words && !response.destroyed; i += 1) {
      response.write(sse(chunk(`w${i} `)));
      await sleep(50);
    }
    response.end('data: [DONE]\n\n');
  });
  const { project, key } = await gateway.tenant();
  const model = await gateway.provide(project, provider.baseUrl);
  const post = () =>
    fetch(`${gateway.base}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, stream: true, messages: [{ role: 'user', content: 'x' }] }),
    });
  await expect
    .poll(
      async () =>
        (await fetch(`${gateway.base}/v1/models/${model}`, { headers: { authorization: `Bearer ${key}` } })).ok,
    )
    .toBe(true);
  const response = await post();
  const reader = response.body!.getReader();
  await reader.read();
  const stopped = gateway.stopGateway();
  let text = '';
  for (let piece = await reader.read(); !piece.done; piece = await reader.read())
    text += Buffer.from(piece.value).toString();
  await stopped;
  await expect(post()).rejects.toThrow();
  const call = await gateway.call(response.headers.get('x-llmops-call-id'));
  await gateway.stop();
  await provider.close();
  return { text, call };
}

test('a gateway that stops finishes its streams, records them, and takes no more', async () => {
  const { text, call } = await streamDuringStop(20);
  expect(text).toContain('w19');
  expect(text).toContain('[DONE]');
  expect(call.errorCode).toBe('');
});

test('a stream that outlasts the stop ends with a typed error event and is recorded', async () => {
  const { text, call } = await streamDuringStop(2_000);
  expect(text).toContain('gateway.shutting_down');
  expect(text).not.toContain('[DONE]');
  expect(call.errorCode).toBe('gateway.shutting_down');
  expect(call.usage!.outputTokens).toBeGreaterThan(10n);
});
