import { Finish_Reason } from '@llmops/contracts/inference/v1/inference';
import type { ChatChunkInit } from '../engine/engine.ts';
import { AppError } from '../errors.ts';
import type { GenerateEnd, ReplicaEvent } from '../replica/protocol.ts';
import type { ChatPlan } from './plan-chat.ts';
import type { PreparedSchema } from './schema-cache.ts';
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
      const chunks: ChatChunkInit[] = parts.map(chunkOf);
      const logprobs = event.logprobs?.map((logprob) => ({ ...logprob, top: [...logprob.top] }));
      // Beside the text of the token, where there is some: callers count on it.
      if (logprobs) chunks.push({ ...(chunks.pop() as object), logprobs });
      yield* chunks;
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
  const problems = problemsOf(text, schema);
  if (problems.length === 0) return;
  const message = `The answer does not match the JSON schema: ${problems.join('; ')}.`;
  throw new AppError({ code: 'inference.output_invalid', category: 'internal', message });
}

function problemsOf(text: string, schema: PreparedSchema | undefined): string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return ['it is not JSON'];
  }
  return schema?.validator.problems(value) ?? [];
}
