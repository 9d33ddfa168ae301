import { once } from 'node:events';
import type { DescMethod, Message } from '@bufbuild/protobuf';
import type { HttpBody } from '@llmops/contracts/http-body';
import type { FastifyReply } from 'fastify';

/** How a file is sent: what people uploaded is shown as a file, never run as a page of ours. */
export const fileHeaders = (contentType: string): Record<string, string> => ({
  // A type that no header can hold is none.
  'content-type': /^[\x20-\x7e]+$/.test(contentType) ? contentType : 'application/octet-stream',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'",
});

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
  raw.writeHead(200, fileHeaders(next.done ? '' : next.value.contentType));
  try {
    for (; !next.done; next = await chunks.next()) {
      if (!raw.write(next.value.data)) await once(raw, 'drain', { signal }).catch(() => {});
    }
    raw.end();
  } catch {
    raw.destroy();
  }
}
