import type { ChatChunk, InferenceService } from '@llmops/contracts/inference/v1/inference';
import type { LocalUpstream as LocalRoute } from '@llmops/contracts/models/v1/provider';
import {
  ChatAccumulator,
  type ChatCompletion,
  type ChatCompletionRequest,
  type Completion,
  type CompletionRequest,
  type CompletionUsage,
  type EmbeddingRequest,
  type EmbeddingResponse,
  encodeSseData,
  SSE_DONE,
} from '@llmops/llm-protocol';
import { newId } from '@llmops/platform';
import type { Client } from '@llmops/platform/grpc';
import type { Call } from '../call/call.ts';
import { type AnswerHead, choiceOf, chunkOf } from './local-chunks.ts';
import { completionAnswer, completionFrames, toCompleteRequest } from './local-completion.ts';
import { embedLocally } from './local-embedding.ts';
import { finished } from './local-finish.ts';
import { toChatRequest } from './local-request.ts';
import type { SendFrame, StreamFrame, Upstream, WholeAnswer } from './upstream.ts';

/** Calls an engine of the inference service and puts its stream into OpenAI's form. */
export class LocalUpstream implements Upstream {
  constructor(private readonly inference: Client<typeof InferenceService>) {}

  async whole(call: Call, request: object): Promise<WholeAnswer<ChatCompletion | Completion | EmbeddingResponse>> {
    const model = modelOf(call);
    if (call.operation === 'embeddings') return embedLocally(this.inference, call, model, request as EmbeddingRequest);
    if (call.operation === 'text_completion') {
      const completion = request as CompletionRequest;
      return completionAnswer(call, headOf(call, 'cmpl'), this.#complete(call, completion));
    }
    return chatAnswer(call, headOf(call, 'chatcmpl'), this.#chat(call, request as ChatCompletionRequest));
  }

  async stream(call: Call, request: object, send: SendFrame): Promise<void> {
    for await (const frame of this.#frames(call, request)) {
      const slow = send(frame);
      if (slow) await slow;
    }
  }

  #frames(call: Call, request: object): AsyncIterable<StreamFrame> {
    if (call.operation === 'text_completion') {
      const completion = request as CompletionRequest;
      const chunks = this.#complete(call, completion);
      return completionFrames(call, headOf(call, 'cmpl'), chunks, completion.stream_options?.include_usage === true);
    }
    const chat = request as ChatCompletionRequest;
    const wantsUsage = chat.stream_options?.include_usage === true;
    return chatFrames(call, headOf(call, 'chatcmpl'), this.#chat(call, chat), wantsUsage);
  }

  #chat(call: Call, request: ChatCompletionRequest) {
    return this.inference.chat(call.context(), toChatRequest(modelOf(call), request));
  }

  #complete(call: Call, request: CompletionRequest) {
    return this.inference.complete(call.context(), toCompleteRequest(modelOf(call), request));
  }
}

const modelOf = (call: Call): string => (call.route!.upstream.value as LocalRoute).model;

const headOf = (call: Call, prefix: string): AnswerHead => ({
  id: newId(prefix).replace('_', '-'),
  created: Math.floor(call.startMs / 1000),
  model: call.requestedModel,
});

async function chatAnswer(
  call: Call,
  head: AnswerHead,
  chunks: AsyncIterable<ChatChunk>,
): Promise<WholeAnswer<ChatCompletion>> {
  const accumulator = new ChatAccumulator();
  accumulator.push(chunkOf(head, { index: 0, delta: { role: 'assistant' }, finish_reason: null }));
  let usage: CompletionUsage | undefined;
  for await (const chunk of chunks) {
    call.tokenLeft();
    accumulator.push(chunkOf(head, choiceOf(chunk)));
    if (chunk.finish) usage = finished(call, chunk.finish);
  }
  const answer = { ...accumulator.result(), usage: usage ?? null };
  // An answer of no text is empty text, as in OpenAI's: null stands beside tool calls only.
  for (const { message } of answer.choices) if (!message.tool_calls) message.content ??= '';
  return { body: JSON.stringify(answer), answer };
}

async function* chatFrames(
  call: Call,
  head: AnswerHead,
  chunks: AsyncIterable<ChatChunk>,
  wantsUsage: boolean,
): AsyncIterable<StreamFrame> {
  // The role goes out with the first token, not before: an error before it is still a plain HTTP error.
  let delta: { role?: 'assistant'; content?: string } = { role: 'assistant', content: '' };
  for await (const message of chunks) {
    const choice = choiceOf(message);
    const chunk = chunkOf(head, { ...choice, delta: { ...delta, ...choice.delta } });
    delta = {};
    yield { raw: encodeSseData(JSON.stringify(chunk)), says: chunk, done: false };
    if (!message.finish) continue;
    const last = { ...chunkOf(head, choice), choices: [], usage: finished(call, message.finish) };
    yield { raw: wantsUsage ? encodeSseData(JSON.stringify(last)) : '', says: last, done: false };
  }
  yield { raw: SSE_DONE, says: undefined, done: true };
}
