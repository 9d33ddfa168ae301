import { once } from 'node:events';
import type { DescMethod, Message } from '@bufbuild/protobuf';
import type { HttpBody } from '@llmops/contracts/http-body';
import type { FastifyReply } from 'fastify';

/**
 * A stream of `google.api.HttpBody` as one body, chunk by chunk; the first chunk names the type. A failure before it is a
 * plain HTTP error, one after it breaks the connection off, so that nobody takes a part for the whole.
 */
export async function sendFile(
  reply: FastifyReply,
  _method: DescMethod,
  messages: AsyncIterable<Message>,
  signal: AbortSignal,
): Promise<void> {
  const chunks = (messages as AsyncIterable<HttpBody>)[Symbol.asyncIterator]();
  let next = await chunks.next();
  reply.hijack();
  const { raw } = reply;
  const contentType = next.done ? '' : next.value.contentType;
  raw.writeHead(200, {
    'content-type': contentType || 'application/octet-stream',
    // What people uploaded is shown as a file, never run as a page of ours.
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
  });
  try {
    for (; !next.done; next = await chunks.next()) {
      if (!raw.write(next.value.data)) await once(raw, 'drain', { signal }).catch(() => {});
    }
    raw.end();
  } catch {
    raw.destroy();
  }
}
