import type { HttpUpstream as HttpRoute } from '@llmops/contracts/models/v1/provider';
import {
  type ChatCompletion,
  type ChatCompletionChunk,
  createUpstream,
  type Upstream as HttpClient,
  SseDecoder,
} from '@llmops/llm-protocol';
import { unseal } from '@llmops/platform';
import { formatTraceparent } from '@llmops/platform/context';
import type { Call, Operation } from '../call/call.ts';
import type { StreamFrame, Upstream, WholeAnswer } from './upstream.ts';

const paths: Record<Operation, string> = {
  chat: '/chat/completions',
  text_completion: '/completions',
  embeddings: '/embeddings',
};

/** Passes a call on to an OpenAI-compatible server; answers and frames go to the client as they came. */
export class HttpUpstream implements Upstream {
  readonly #clients = new Map<string, HttpClient>();

  constructor(private readonly masterKey: string) {}

  async whole(call: Call, request: object): Promise<WholeAnswer<ChatCompletion>> {
    const response = await this.#post(call, request);
    const body = await response.body.bytes();
    const answer = JSON.parse(body.toString('utf8')) as ChatCompletion;
    call.phases.push(phase('upstream', 0, call.elapsedMs()));
    return { body, answer };
  }

  async *stream(call: Call, request: object): AsyncIterable<StreamFrame> {
    const asked = (request as { stream_options?: { include_usage?: boolean } | null }).stream_options;
    // Usage is always asked for; a client that did not want the extra chunk does not see it.
    const wantsUsage = asked?.include_usage === true;
    const response = await this.#post(call, { ...request, stream_options: { ...asked, include_usage: true } });
    const decoder = new SseDecoder();
    for await (const bytes of response.body) {
      for (const frame of decoder.push(bytes)) yield frameOf(frame, wantsUsage);
    }
    const rest = decoder.end();
    if (rest) yield frameOf(rest, wantsUsage);
    call.phases.push(phase('upstream', 0, call.elapsedMs()));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#clients.values()].map((client) => client.destroy()));
  }

  #post(call: Call, request: object) {
    const route = call.route!.upstream.value as HttpRoute;
    const body = JSON.stringify({ ...request, model: route.model });
    const headers = { traceparent: formatTraceparent(call) };
    return this.#client(route).post(paths[call.operation], body, { signal: call.signal, headers });
  }

  #client(route: HttpRoute): HttpClient {
    const id = `${route.baseUrl} ${route.sealedApiKey}`;
    let client = this.#clients.get(id);
    if (!client) {
      const apiKey = route.sealedApiKey === '' ? undefined : unseal(this.masterKey, route.sealedApiKey);
      client = createUpstream({ baseUrl: route.baseUrl, apiKey });
      this.#clients.set(id, client);
    }
    return client;
  }
}

function frameOf({ data, raw }: { data: string | undefined; raw: Buffer }, wantsUsage: boolean): StreamFrame {
  if (data === undefined) return { raw, chunk: undefined, done: false };
  if (data === '[DONE]') return { raw, chunk: undefined, done: true };
  const chunk = parseChunk(data);
  const isUsageOnly = chunk?.choices?.length === 0 && chunk.usage != null;
  return { raw: isUsageOnly && !wantsUsage ? '' : raw, chunk, done: false };
}

/** A frame that is not JSON is passed on all the same: it is the upstream's answer, not ours. */
function parseChunk(data: string): ChatCompletionChunk | undefined {
  try {
    return JSON.parse(data) as ChatCompletionChunk;
  } catch {
    return undefined;
  }
}

const phase = (name: string, startMs: number, durationMs: number) => ({ name, startMs, durationMs });
