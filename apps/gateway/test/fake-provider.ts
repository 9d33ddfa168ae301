import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeProvider {
  /** Up to and with `/v1`. */
  baseUrl: string;
  requests: { path: string; headers: IncomingMessage['headers']; body: Record<string, unknown> }[];
  /** Requests whose client went away before the answer was complete. */
  aborted: number;
  /** How many were opened so far. */
  connections: number;
  close(): Promise<void>;
}

/** A third party's server whose answers the test scripts. */
export async function startFakeProvider(
  answer: (body: Record<string, unknown>, response: ServerResponse) => void | Promise<void>,
): Promise<FakeProvider> {
  const provider: FakeProvider = { baseUrl: '', requests: [], aborted: 0, connections: 0, close: async () => {} };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
    provider.requests.push({ path: request.url!, headers: request.headers, body });
    response.on('close', () => {
      if (!response.writableFinished) provider.aborted += 1;
    });
    await answer(body, response);
  });
  server.on('connection', () => {
    provider.connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  provider.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  provider.close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return provider;
}

export const sse = (value: unknown): string => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`;

export const chunk = (content: string, finish: string | null = null) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'served-model',
  choices: [{ index: 0, delta: { content }, finish_reason: finish }],
});

export const usage = {
  prompt_tokens: 10,
  completion_tokens: 3,
  total_tokens: 13,
  prompt_tokens_details: { cached_tokens: 4 },
};

export const completion = (content: string) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'served-model',
  choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
  usage,
});
