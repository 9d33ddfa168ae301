import type { ServerResponse } from 'node:http';
import { type ChatCompletion, type Completion, type EmbeddingResponse, readUsage } from '@llmops/llm-protocol';
import type { Call } from '../call/call.ts';
import type { Upstream } from '../upstream/upstream.ts';
import type { CallDependencies } from './call-dependencies.ts';
import { estimateUsage, textOfAnswer } from './estimate-usage.ts';

/** An answer in one piece; it leaves when its record is durable. */
export async function answerWhole(
  { recorder }: CallDependencies,
  upstream: Upstream,
  call: Call,
  request: object,
  response: ServerResponse,
): Promise<void> {
  const { body, answer } = await upstream.whole(call, request);
  call.responseModel = answer.model ?? '';
  call.usage = readUsage(answer.usage);
  call.output = outputOf(answer);
  call.finishReason = finishReasonOf(answer);
  if (!call.usage) {
    call.outputText = textOfAnswer(answer as Partial<ChatCompletion>);
    estimateUsage(call);
  }
  await recorder.record(call);
  response.writeHead(200, {
    ...call.responseHeaders(),
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

/** Vectors are of no use in a trace; their number is. */
function outputOf(answer: ChatCompletion | Completion | EmbeddingResponse): unknown {
  if ('choices' in answer) return answer.choices;
  return { embeddings: answer.data?.length ?? 0 };
}

function finishReasonOf(answer: ChatCompletion | Completion | EmbeddingResponse): string {
  return 'choices' in answer ? (answer.choices?.[0]?.finish_reason ?? '') : '';
}
