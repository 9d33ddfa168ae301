// A fast OpenAI-compatible server on the loopback whose answers are always the same bytes.
// node fake-upstream.mjs '{"port", "tokens": 16, "chunkMs": 5}'
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const { port, tokens = 16, chunkMs = 5 } = JSON.parse(process.argv[2]);
const usage = { prompt_tokens: 12, completion_tokens: tokens, total_tokens: 12 + tokens };
const head = (model, object) => ({ id: 'chatcmpl-fake', object, created: 1_700_000_000, model });

function whole(model) {
  const message = { role: 'assistant', content: 'tok '.repeat(tokens).trim() };
  const choices = [{ index: 0, message, finish_reason: 'stop' }];
  return JSON.stringify({ ...head(model, 'chat.completion'), choices, usage });
}

const frame = (model, rest) => `data: ${JSON.stringify({ ...head(model, 'chat.completion.chunk'), ...rest })}\n\n`;
const delta = (model, text, reason = null) =>
  frame(model, { choices: [{ index: 0, delta: text, finish_reason: reason }] });

async function stream({ model, stream_options: options }, response) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.write(delta(model, { role: 'assistant', content: '' }));
  for (let i = 0; i < tokens && !response.destroyed; i += 1) {
    await sleep(chunkMs);
    response.write(delta(model, { content: 'tok ' }));
  }
  response.write(delta(model, {}, 'stop'));
  if (options?.include_usage) response.write(frame(model, { choices: [], usage }));
  response.end('data: [DONE]\n\n');
}

const models = JSON.stringify({ object: 'list', data: [{ id: 'fake', object: 'model', owned_by: 'bench' }] });

const server = http.createServer(async (request, response) => {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  const body = request.method === 'POST' ? JSON.parse(Buffer.concat(pieces)) : undefined;
  if (body?.stream) return stream(body, response);
  const answer = body ? whole(body.model) : models;
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) });
  response.end(answer);
});
server.keepAliveTimeout = 60_000;
server.listen(port, '127.0.0.1');
