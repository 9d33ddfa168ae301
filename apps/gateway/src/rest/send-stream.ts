import { once } from 'node:events';
import { type DescMethod, type Message, toJsonString } from '@bufbuild/protobuf';
import { encodeSseComment, encodeSseData } from '@llmops/llm-protocol';
import { toProblem } from '@llmops/platform/errors';
import type { FastifyReply } from 'fastify';

const heartbeatMs = 15_000;

/** A streaming method as server-sent events: `data:` with each message's JSON, `event: error` with a problem at a failure; `signal` aborts when the reader leaves. */
export async function sendStream(
  reply: FastifyReply,
  method: DescMethod,
  messages: AsyncIterable<Message>,
  signal: AbortSignal,
): Promise<void> {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache, no-transform' });
  raw.write(encodeSseComment('open'));
  // Proxies close a connection on which nothing passes.
  const heartbeat = setInterval(() => raw.write(encodeSseComment('')), heartbeatMs);
  try {
    for await (const message of messages) {
      if (!raw.write(encodeSseData(toJsonString(method.output, message))))
        await once(raw, 'drain', { signal }).catch(() => {});
    }
  } catch (error) {
    if (!raw.destroyed) raw.write(`event: error\n${encodeSseData(JSON.stringify(toProblem(error, reply.request.id)))}`);
  } finally {
    clearInterval(heartbeat);
    raw.end();
  }
}
