import { expect, test } from 'vitest';
import { readServerSentEvents, type ServerSentEvent } from './server-sent-events.ts';

const text = ': hi\n\ndata: {"a":"é"}\n\nevent: error\r\ndata: x\r\ndata:y\r\n\r\nid: 1\n\ndata: [DONE]\n\ndata: cut';

async function readIn(size: number): Promise<ServerSentEvent[]> {
  const bytes = new TextEncoder().encode(text);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
      controller.close();
    },
  });
  const events: ServerSentEvent[] = [];
  for await (const event of readServerSentEvents(body)) events.push(event);
  return events;
}

test('frames come out the same wherever the chunks are cut', async () => {
  const whole = await readIn(1000);
  expect(whole).toEqual([
    { event: 'message', data: '{"a":"é"}' },
    { event: 'error', data: 'x\ny' },
    { event: 'message', data: '[DONE]' },
  ]);
  for (let size = 1; size < 40; size++) expect(await readIn(size)).toEqual(whole);
});

test('leaving the loop cancels the body', async () => {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode('data: 1\n\n')),
    cancel: () => {
      cancelled = true;
    },
  });
  for await (const _ of readServerSentEvents(body)) break;
  expect(cancelled).toBe(true);
});
