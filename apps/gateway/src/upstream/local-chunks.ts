import { type ChatChunk, Finish_Reason } from '@llmops/contracts/inference/v1/inference';
import type { ChatChunkChoice, ChatCompletionChunk, FinishReason, TokenLogprob } from '@llmops/llm-protocol';

/** What all chunks of one answer have in common. */
export interface AnswerHead {
  id: string;
  created: number;
  model: string;
}

export const chunkOf = (head: AnswerHead, choice: ChatChunkChoice): ChatCompletionChunk => ({
  id: head.id,
  object: 'chat.completion.chunk',
  created: head.created,
  model: head.model,
  choices: [choice],
});

/** The choice of an OpenAI chunk that says what an engine's message says. */
export function choiceOf(chunk: ChatChunk): ChatChunkChoice {
  const delta: ChatChunkChoice['delta'] = {};
  if (chunk.content !== '') delta.content = chunk.content;
  if (chunk.toolCalls.length > 0) {
    delta.tool_calls = chunk.toolCalls.map((call) => ({
      index: call.index,
      ...(call.id === '' ? {} : { id: call.id, type: 'function' as const }),
      function: { ...(call.name === '' ? {} : { name: call.name }), arguments: call.arguments },
    }));
  }
  return {
    index: 0,
    delta,
    logprobs: chunk.logprobs.length > 0 ? { content: chunk.logprobs.map(toLogprob), refusal: null } : null,
    finish_reason: chunk.finish ? reasons[chunk.finish.reason] : null,
  };
}

const reasons: Record<Finish_Reason, FinishReason> = {
  [Finish_Reason.UNSPECIFIED]: 'stop',
  [Finish_Reason.STOP]: 'stop',
  [Finish_Reason.LENGTH]: 'length',
  [Finish_Reason.TOOL_CALLS]: 'tool_calls',
};

const toLogprob = ({ token, logprob, bytes, top }: ChatChunk['logprobs'][number]): TokenLogprob => ({
  token,
  logprob,
  bytes: [...bytes],
  top_logprobs: top.map((other) => ({ token: other.token, logprob: other.logprob, bytes: [...other.bytes] })),
});
