import { randomBytes } from 'node:crypto';
import { Finish_Reason } from '@llmops/contracts/inference/v1/inference';
import {
  type ChatCompletionChunk,
  type Completion,
  parseErrorBody,
  readUsage,
  SseDecoder,
  type TokenLogprob,
  ToolCallAccumulator,
  totalInputTokens,
  totalOutputTokens,
  UpstreamError,
} from '@llmops/llm-protocol';
import type { ChatChunkInit } from '../engine/engine.ts';

type Frame = (ChatCompletionChunk | Completion) & { error?: { message?: string; code?: unknown } };
type FrameChoice = Partial<ChatCompletionChunk['choices'][number]> & { text?: string };

/** An OpenAI stream, of chat or of text, as our chunks; the last one carries `finish`. */
export async function* readStream(body: AsyncIterable<Buffer>, replica: string): AsyncGenerator<ChatChunkInit> {
  const started = performance.now();
  const calls = new ToolCallAccumulator();
  let firstAt = 0;
  let pieces = 0;
  let reason: string | null | undefined;
  let usage: ReturnType<typeof readUsage>;
  for await (const frame of frames(body)) {
    usage = readUsage(frame.usage) ?? usage;
    const choice = frame.choices?.[0] as FrameChoice | undefined;
    if (!choice) continue;
    reason = choice.finish_reason ?? reason;
    const content = choice.text ?? choice.delta?.content ?? '';
    const deltas = choice.delta?.tool_calls ?? [];
    calls.push(deltas);
    if (content !== '' || deltas.length > 0) {
      firstAt ||= performance.now();
      pieces++;
    }
    const logprobs = choice.logprobs?.content?.map(logprobOf) ?? [];
    if (content !== '' || logprobs.length > 0) yield { content, logprobs };
  }
  if (reason === undefined || reason === null) {
    throw new UpstreamError('protocol', 'The upstream ended its stream without a finish reason.');
  }
  // Whole calls, at the end: upstreams number and name the pieces in too many ways to pass them on.
  for (const [index, { id, function: call }] of calls.toolCalls().entries()) {
    yield { toolCalls: [{ index, id: id || `call_${randomBytes(12).toString('hex')}`, ...call }] };
  }
  firstAt ||= performance.now();
  yield {
    finish: {
      reason: reasonOf(reason, calls.size > 0),
      inputTokens: usage ? totalInputTokens(usage) : 0,
      cachedInputTokens: usage?.cachedInputTokens ?? 0,
      outputTokens: usage ? totalOutputTokens(usage) : pieces,
      prefillMs: firstAt - started,
      decodeMs: performance.now() - firstAt,
      replica,
    },
  };
}

async function* frames(body: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  const decoder = new SseDecoder();
  for await (const chunk of body) {
    for (const { data } of decoder.push(chunk)) if (data !== undefined && data !== '[DONE]') yield frameOf(data);
  }
  const rest = decoder.end()?.data;
  if (rest !== undefined && rest !== '[DONE]') yield frameOf(rest);
}

function frameOf(data: string): Frame {
  let frame: Frame;
  try {
    frame = JSON.parse(data) as Frame;
  } catch (cause) {
    throw new UpstreamError('protocol', 'The upstream sent a frame that is not JSON.', { cause });
  }
  if (!frame.error) return frame;
  const status = typeof frame.error.code === 'number' ? frame.error.code : 500;
  const message = frame.error.message ?? 'unknown error';
  throw new UpstreamError('status', message, { status, body: parseErrorBody(status, data) });
}

const describe = ({ token, logprob, bytes }: Omit<TokenLogprob, 'top_logprobs'>) => ({
  token,
  logprob,
  bytes: bytes ? Uint8Array.from(bytes) : new TextEncoder().encode(token),
});

const logprobOf = (entry: TokenLogprob) => ({ ...describe(entry), top: (entry.top_logprobs ?? []).map(describe) });

function reasonOf(reason: string, called: boolean): Finish_Reason {
  if (reason === 'length') return Finish_Reason.LENGTH;
  return called ? Finish_Reason.TOOL_CALLS : Finish_Reason.STOP;
}
