import { Finish_Reason } from '@llmops/contracts/inference/v1/inference';
import type { ChatChunkInit } from '../engine/engine.ts';
import { AppError } from '../errors.ts';
import type { GenerateEnd, ReplicaEvent } from '../replica/protocol.ts';
import type { ChatPlan } from './plan-chat.ts';
import { type AnswerPart, ToolCallParser } from './tool-call-parser.ts';

export interface AnswerContext {
  readonly queueMs: number;
  readonly replica: string;
}

/** The events of a replica as chunks; the last one carries `finish`. */
export async function* readAnswer(
  events: AsyncIterable<ReplicaEvent>,
  plan: Pick<ChatPlan, 'tools' | 'schema' | 'strict'>,
  context: AnswerContext,
): AsyncGenerator<ChatChunkInit> {
  const parser = plan.tools.size > 0 ? new ToolCallParser(plan.tools) : undefined;
  let calls = 0;
  let whole = '';
  const chunkOf = (part: AnswerPart): ChatChunkInit => {
    if ('call' in part) return { toolCalls: [{ index: calls++, ...part.call }] };
    if (plan.strict) whole += part.text;
    return { content: part.text };
  };
  for await (const event of events) {
    if (event.kind === 'text') {
      const parts = parser ? parser.push(event.text) : event.text === '' ? [] : [{ text: event.text }];
      for (const part of parts) yield chunkOf(part);
      if (event.logprobs) yield { logprobs: event.logprobs.map((logprob) => ({ ...logprob, top: [...logprob.top] })) };
    } else if (event.kind === 'end') {
      for (const part of parser?.end() ?? []) yield chunkOf(part);
      if (plan.strict && calls === 0 && event.end.reason === 'stop') checkAnswer(whole, plan);
      yield { finish: finishOf(event.end, calls > 0, context) };
    }
  }
}

function finishOf(end: GenerateEnd, called: boolean, { queueMs, replica }: AnswerContext) {
  const plain = end.reason === 'stop' ? Finish_Reason.STOP : Finish_Reason.LENGTH;
  return {
    reason: called && end.reason === 'stop' ? Finish_Reason.TOOL_CALLS : plain,
    inputTokens: end.inputTokens,
    cachedInputTokens: end.cachedTokens,
    outputTokens: end.outputTokens,
    queueMs,
    prefillMs: end.prefillMs,
    decodeMs: end.decodeMs,
    replica,
  };
}

/** The grammar makes the answer valid; a stop text may still have cut it. */
function checkAnswer(text: string, { schema }: Pick<ChatPlan, 'schema'>): void {
  let problems: string[];
  try {
    problems = schema?.validator.problems(JSON.parse(text)) ?? [];
  } catch {
    problems = ['it is not JSON'];
  }
  if (problems.length === 0) return;
  const message = `The answer does not match the JSON schema: ${problems.join('; ')}.`;
  throw new AppError({ code: 'inference.output_invalid', category: 'internal', message });
}
