import type { HttpUpstream as HttpRoute } from '@llmops/contracts/models/v1/provider';
import {
  type ChatCompletion,
  type ChatCompletionChunk,
  createUpstream,
  type Upstream as HttpClient,
  SseDecoder,
  SseError,
  type SseFrame,
  type UpstreamBody,
  UpstreamError,
} from '@llmops/llm-protocol';
import { unseal } from '@llmops/platform';
import { formatTraceparent } from '@llmops/platform/context';
import { addressKind } from '@llmops/platform/net';
import type { Call, Operation } from '../call/call.ts';
import type { SendFrame, StreamFrame, Upstream, WholeAnswer } from './upstream.ts';

const paths: Record<Operation, string> = {
  chat: '/chat/completions',
  text_completion: '/completions',
  embeddings: '/embeddings',
};

const maxClients = 1_000;

/** Passes a call on to an OpenAI-compatible server; answers and frames go to the client as they came. */
export class HttpUpstream implements Upstream {
  readonly #clients = new Map<string, HttpClient>();

  constructor(
    private readonly masterKey: string,
    private readonly allowsPrivate: boolean,
  ) {}

  async whole(call: Call, request: object): Promise<WholeAnswer<ChatCompletion>> {
    const response = await this.#post(call, request);
    const body = await response.body.bytes();
    const answer = parseAnswer(body);
    call.phases.push(phase('upstream', 0, call.elapsedMs()));
    return { body, answer };
  }

  async stream(call: Call, request: object, send: SendFrame): Promise<void> {
    const asked = (request as { stream_options?: { include_usage?: boolean } | null }).stream_options;
    // Usage is always asked for; a client that did not want the extra chunk does not see it.
    const wantsUsage = asked?.include_usage === true;
    const { body } = await this.#post(call, { ...request, stream_options: { ...asked, include_usage: true } });
    const decoder = new SseDecoder();
    const sendAll = async (frames: SseFrame[]): Promise<boolean> => {
      for (const frame of frames) {
        const outgoing = frameOf(frame, wantsUsage);
        const slow = send(outgoing);
        if (slow) await slow;
        if (outgoing.done) return true;
      }
      return false;
    };
    try {
      for (let next = await body.next(); !next.done; next = await body.next()) {
        if (await sendAll(decoder.push(next.value))) return letEnd(body);
      }
      const rest = decoder.end();
      if (rest) await sendAll([rest]);
    } catch (error) {
      body.cancel();
      throw error instanceof SseError
        ? new UpstreamError('protocol', `The upstream's stream broke: ${error.message}`)
        : error;
    } finally {
      call.phases.push(phase('upstream', 0, call.elapsedMs()));
    }
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
      client = createUpstream({ baseUrl: route.baseUrl, apiKey, allowsAddress: (address) => this.#allows(address) });
      this.#clients.set(id, client);
      this.#forgetOldest();
    }
    return client;
  }

  #allows(address: string): boolean {
    const kind = addressKind(address);
    return kind === 'public' || (kind === 'private' && this.allowsPrivate);
  }

  /** Each new key of a provider is a client of its own; what is under way on the oldest one ends first. */
  #forgetOldest(): void {
    if (this.#clients.size <= maxClients) return;
    const [id, client] = this.#clients.entries().next().value!;
    this.#clients.delete(id);
    void client.close().catch(() => {});
  }
}

/** V8's own message would quote the answer. */
function parseAnswer(body: Buffer): ChatCompletion {
  let answer: unknown;
  try {
    answer = JSON.parse(body.toString('utf8'));
  } catch {
    // Told below.
  }
  if (typeof answer === 'object' && answer !== null) return answer as ChatCompletion;
  throw new UpstreamError('protocol', 'The upstream did not answer with a JSON object.');
}

function frameOf({ data, raw }: SseFrame, wantsUsage: boolean): StreamFrame {
  if (data === undefined) return { raw, says: undefined, done: false };
  if (data === '[DONE]') return { raw, says: undefined, done: true };
  return { raw: !wantsUsage && isUsageOnly(data) ? '' : raw, says: data, done: false };
}

/** A chunk that is there for its usage. Parsing each to find out would be most of what a frame costs. */
function isUsageOnly(data: string): boolean {
  if (!/"choices"\s*:\s*\[\s*\]/.test(data)) return false;
  try {
    const { choices, usage } = JSON.parse(data) as ChatCompletionChunk;
    return choices.length === 0 && usage != null;
  } catch {
    return false;
  }
}

/** After the end mark the body ends too; waiting for that, but not for long, keeps the connection for the next call. */
function letEnd(body: UpstreamBody): void {
  const patience = setTimeout(() => body.cancel(), 1_000);
  const read = async () => {
    while (!(await body.next()).done);
  };
  read()
    .catch(() => {})
    .finally(() => clearTimeout(patience));
}

const phase = (name: string, startMs: number, durationMs: number) => ({ name, startMs, durationMs });
