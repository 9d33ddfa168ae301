import type { MessageInitShape } from '@bufbuild/protobuf';
import type { ChatChunk, CompleteRequestSchema } from '@llmops/contracts/inference/v1/inference';
import {
  type Completion,
  type CompletionChoice,
  type CompletionRequest,
  encodeSseData,
  SSE_DONE,
} from '@llmops/llm-protocol';
import type { Call } from '../call/call.ts';
import { type AnswerHead, choiceOf } from './local-chunks.ts';
import { finished } from './local-finish.ts';
import { toSampling, unsupported } from './local-request.ts';
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
      maxTokens: request.max_tokens ?? 16,
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

export async function completionAnswer(
  call: Call,
  head: AnswerHead,
  chunks: AsyncIterable<ChatChunk>,
): Promise<WholeAnswer<Completion>> {
  let text = '';
  let last: Completion = completionOf(head, { index: 0, text, finish_reason: null });
  const logprobs = {
    tokens: [] as string[],
    token_logprobs: [] as number[],
    top_logprobs: [] as Record<string, number>[],
    text_offset: [] as number[],
  };
  for await (const chunk of chunks) {
    call.tokenLeft();
    for (const token of chunk.logprobs) {
      logprobs.text_offset.push(text.length);
      logprobs.tokens.push(token.token);
      logprobs.token_logprobs.push(token.logprob);
      logprobs.top_logprobs.push(Object.fromEntries(token.top.map((top) => [top.token, top.logprob])));
    }
    text += chunk.content;
    if (!chunk.finish) continue;
    const reason = choiceOf(chunk).finish_reason === 'length' ? 'length' : 'stop';
    const choice = {
      index: 0,
      text,
      finish_reason: reason,
      logprobs: logprobs.tokens.length > 0 ? logprobs : null,
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
  for await (const message of chunks) {
    const reason = choiceOf(message).finish_reason;
    const finish = reason === null || reason === 'length' ? reason : 'stop';
    const chunk = completionOf(head, { index: 0, text: message.content, finish_reason: finish, logprobs: null });
    yield { raw: encodeSseData(JSON.stringify(chunk)), says: chunk, done: false };
    if (!message.finish) continue;
    const last: Completion = { ...chunk, choices: [], usage: finished(call, message.finish) };
    yield { raw: wantsUsage ? encodeSseData(JSON.stringify(last)) : '', says: last, done: false };
  }
  yield { raw: SSE_DONE, says: undefined, done: true };
}
