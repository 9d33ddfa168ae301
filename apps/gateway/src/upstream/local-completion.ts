import type { MessageInitShape } from '@bufbuild/protobuf';
import type { ChatChunk, CompleteRequestSchema } from '@llmops/contracts/inference/v1/inference';
import {
  type Completion,
  type CompletionChoice,
  type CompletionLogprobs,
  type CompletionRequest,
  encodeSseData,
  SSE_DONE,
} from '@llmops/llm-protocol';
import type { Call } from '../call/call.ts';
import { type AnswerHead, choiceOf } from './local-chunks.ts';
import { finished } from './local-finish.ts';
import { atMostInt32, toSampling, unsupported } from './local-request.ts';
import type { StreamFrame, WholeAnswer } from './upstream.ts';

/** An OpenAI text completion as inference takes it: one prompt, as text. */
export function toCompleteRequest(
  model: string,
  request: CompletionRequest,
): MessageInitShape<typeof CompleteRequestSchema> {
  const { prompt } = request;
  const only = Array.isArray(prompt) && prompt.length === 1 ? prompt[0] : prompt;
  if (typeof only !== 'string') throw unsupported('prompt', 'local models take one prompt, as text');
  if (request.suffix) throw unsupported('suffix', 'local models continue text, they do not fill gaps');
  const logprobs = request.logprobs ?? undefined;
  return {
    model,
    prompt: only,
    echo: request.echo === true,
    sampling: {
      ...toSampling(request),
      // The API's own default.
      maxTokens: atMostInt32(request.max_tokens ?? 16),
      logprobs: logprobs !== undefined,
      topLogprobs: logprobs ?? 0,
    },
  };
}

const completionOf = (head: AnswerHead, choice: CompletionChoice): Completion => ({
  id: head.id,
  object: 'text_completion',
  created: head.created,
  model: head.model,
  choices: [choice],
});

const noLogprobs = () => ({
  tokens: [] as string[],
  token_logprobs: [] as number[],
  top_logprobs: [] as Record<string, number>[],
  text_offset: [] as number[],
});

/** Log-probabilities in the form of text completions. */
class LogprobsOfTokens {
  #found = noLogprobs();
  #offset = 0;

  /** Tokens that came with the text from `length` on. Their text may come later, when it could begin a stop text. */
  push(length: number, tokens: ChatChunk['logprobs']): void {
    this.#offset = Math.max(this.#offset, length);
    for (const { token, logprob, top } of tokens) {
      this.#found.text_offset.push(this.#offset);
      this.#found.tokens.push(token);
      this.#found.token_logprobs.push(logprob);
      this.#found.top_logprobs.push(Object.fromEntries(top.map((other) => [other.token, other.logprob])));
      this.#offset += token.length;
    }
  }

  /** Those since the last time. */
  take(): CompletionLogprobs | null {
    const found = this.#found;
    this.#found = noLogprobs();
    return found.tokens.length > 0 ? found : null;
  }
}

export async function completionAnswer(
  call: Call,
  head: AnswerHead,
  chunks: AsyncIterable<ChatChunk>,
): Promise<WholeAnswer<Completion>> {
  let text = '';
  let last: Completion = completionOf(head, { index: 0, text, finish_reason: null });
  const logprobs = new LogprobsOfTokens();
  for await (const chunk of chunks) {
    call.tokenLeft();
    logprobs.push(text.length, chunk.logprobs);
    text += chunk.content;
    if (!chunk.finish) continue;
    const reason = choiceOf(chunk).finish_reason === 'length' ? 'length' : 'stop';
    const choice = {
      index: 0,
      text,
      finish_reason: reason,
      logprobs: logprobs.take(),
    } as const;
    last = { ...completionOf(head, choice), usage: finished(call, chunk.finish) };
  }
  return { body: JSON.stringify(last), answer: last };
}

export async function* completionFrames(
  call: Call,
  head: AnswerHead,
  chunks: AsyncIterable<ChatChunk>,
  wantsUsage: boolean,
): AsyncIterable<StreamFrame> {
  const logprobs = new LogprobsOfTokens();
  let length = 0;
  for await (const message of chunks) {
    logprobs.push(length, message.logprobs);
    length += message.content.length;
    const reason = choiceOf(message).finish_reason;
    const finish = reason === null || reason === 'length' ? reason : 'stop';
    const says = { index: 0, text: message.content, logprobs: logprobs.take() };
    const chunk = completionOf(head, { ...says, finish_reason: finish });
    yield { raw: encodeSseData(JSON.stringify(chunk)), says: chunk, done: false };
    if (!message.finish) continue;
    const last: Completion = { ...chunk, choices: [], usage: finished(call, message.finish) };
    yield { raw: wantsUsage ? encodeSseData(JSON.stringify(last)) : '', says: last, done: false };
  }
  yield { raw: SSE_DONE, says: undefined, done: true };
}
