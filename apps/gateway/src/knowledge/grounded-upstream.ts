import type { BuildContextResponse, SearchService } from '@llmops/contracts/retrieval/v1/search';
import {
  ChatAccumulator,
  type ChatCompletion,
  type ChatCompletionChunk,
  type ChatMessage,
  encodeSseData,
  SSE_DONE,
  textOfContent,
} from '@llmops/llm-protocol';
import { newId } from '@llmops/platform';
import type { Client } from '@llmops/platform/grpc';
import type { Call } from '../call/call.ts';
import type { SendFrame, StreamFrame, Upstream, WholeAnswer } from '../upstream/upstream.ts';
import { annotationsOf, type RetrievalReport, reportOf } from './retrieval-report.ts';
import { type GroundedRequest, readRetrieval } from './retrieval-request.ts';
import { recordRetrieval } from './retrieval-steps.ts';

const refusal = 'The documents of this knowledge base do not answer that question.';

interface Ground {
  report: RetrievalReport;
  /** The chat request with the passages in it, as the model is asked. */
  request: object;
}

/**
 * An upstream whose answers come from a knowledge base: retrieves, puts the passages before the conversation, asks, and
 * says what the answer rests on. When nothing supports an answer the model is not asked.
 */
export class GroundedUpstream implements Upstream {
  constructor(
    private readonly inner: Upstream,
    private readonly retrieval: Client<typeof SearchService>,
  ) {}

  async whole(call: Call, request: object): Promise<WholeAnswer<ChatCompletion>> {
    const { report, request: asked } = await this.#ground(call, request as GroundedRequest);
    const answer = report.refused ? refusalOf(call) : ((await this.inner.whole(call, asked)).answer as ChatCompletion);
    for (const { message } of answer.choices) {
      Object.assign(message, { annotations: annotationsOf(message.content ?? '', report) });
    }
    const grounded = { ...answer, retrieval: report };
    return { body: JSON.stringify(grounded), answer: grounded };
  }

  async stream(call: Call, request: object, send: SendFrame): Promise<void> {
    const { report, request: asked } = await this.#ground(call, request as GroundedRequest);
    const told = new ToldStream(report, send);
    if (report.refused) for (const frame of refusalFrames(call)) await told.pass(frame);
    else await this.inner.stream(call, asked, (frame) => told.pass(frame));
    await told.end();
  }

  async #ground(call: Call, request: GroundedRequest): Promise<Ground> {
    const { retrieval: _, messages, ...rest } = request;
    const search = readRetrieval(request, call.principal!.projectId, localModel(call));
    const startMs = call.elapsedMs();
    const context = await this.retrieval.buildContext(call.context(), search).catch((error: Error) => {
      recordRetrieval(call, search, startMs, error);
      throw error;
    });
    recordRetrieval(call, search, startMs, context);
    return {
      report: reportOf(search.project, search.knowledgeBase, context),
      request: { ...rest, messages: withContext(messages, context) },
    };
  }
}

/** Whose tokenizer counts; other providers' tokens are estimated. */
const localModel = ({ route }: Call): string => (route?.upstream.case === 'local' ? route.upstream.value.model : '');

/** The application's own system message stays first and in force; chat templates take one system message only. */
function withContext(messages: ChatMessage[], { systemPrompt }: BuildContextResponse): ChatMessage[] {
  const [first, ...others] = messages;
  if (first?.role === 'system') {
    return [{ role: 'system', content: `${textOfContent(first.content)}\n\n${systemPrompt}` }, ...others];
  }
  return [{ role: 'system', content: systemPrompt }, ...messages];
}

/** A stream with two chunks more: the passages before the first token, what the answer rests on before the end mark. */
class ToldStream {
  readonly #answer = new ChatAccumulator();
  #head: ChatCompletionChunk | undefined;
  #hasEnded = false;

  constructor(
    private readonly report: RetrievalReport,
    private readonly send: SendFrame,
  ) {}

  async pass(frame: StreamFrame): Promise<void> {
    const chunk = typeof frame.says === 'string' ? parse(frame.says) : (frame.says as ChatCompletionChunk | undefined);
    if (chunk) this.#answer.push(chunk);
    if (frame.done) await this.end();
    else if (chunk && !this.#head) {
      this.#head = chunk;
      await this.send(this.#extra({ retrieval: this.report }));
    }
    await this.send(frame);
  }

  /** What the answer rests on, once: before the end mark, or where an upstream that sends none has ended. */
  async end(): Promise<void> {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    // Offsets count from the answer's own beginning: not its thoughts, nor another choice.
    const answer = this.#answer.result().choices[0]?.message.content ?? '';
    await this.send(this.#extra({ annotations: annotationsOf(answer, this.report) }));
  }

  /** Without choices, as the chunk with usage is, so that every client passes over it. */
  #extra(said: object): StreamFrame {
    const { id = '', created = 0, model = '' } = this.#head ?? {};
    const chunk = { id, object: 'chat.completion.chunk', created, model, choices: [], ...said };
    return { raw: encodeSseData(JSON.stringify(chunk)), says: undefined, done: false };
  }
}

function parse(json: string): ChatCompletionChunk | undefined {
  try {
    const chunk: unknown = JSON.parse(json);
    return typeof chunk === 'object' && chunk !== null ? (chunk as ChatCompletionChunk) : undefined;
  } catch {
    return undefined;
  }
}

const headOf = (call: Call) => ({
  id: newId('chatcmpl').replace('_', '-'),
  created: Math.floor(call.startMs / 1000),
  model: call.requestedModel,
});

const noUsage = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };

const refusalOf = (call: Call): ChatCompletion => ({
  ...headOf(call),
  object: 'chat.completion',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: refusal, refusal: null },
      logprobs: null,
      finish_reason: 'stop',
    },
  ],
  usage: noUsage,
});

function* refusalFrames(call: Call): Iterable<StreamFrame> {
  const head = { ...headOf(call), object: 'chat.completion.chunk' as const };
  const choice = { index: 0, delta: { role: 'assistant' as const, content: refusal }, finish_reason: 'stop' as const };
  const chunk: ChatCompletionChunk = { ...head, choices: [choice] };
  yield { raw: encodeSseData(JSON.stringify(chunk)), says: chunk, done: false };
  // Nothing was asked of a model: recorded as such, not estimated.
  yield { raw: '', says: { ...head, choices: [], usage: noUsage }, done: false };
  yield { raw: SSE_DONE, says: undefined, done: true };
}
