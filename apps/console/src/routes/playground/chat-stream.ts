import { readServerSentEvents } from '@llmops/sdk';
import { errorOf, openAiError, openAiHeaders } from '../../api/openai.ts';
import type { ChatFrame } from './chat-reducer.ts';
import type { PlaygroundSettings } from './settings.ts';

export interface ChatStream {
  traceId: string | undefined;
  frames: AsyncIterable<ChatFrame>;
}

/** Asks for a streamed answer. Throws ApiError when the call, or later the stream, fails. */
export async function openChat(
  project: string,
  settings: PlaygroundSettings,
  messages: { role: string; content: string }[],
  session: string,
  signal: AbortSignal,
): Promise<ChatStream> {
  const response = await fetch('/v1/chat/completions', {
    method: 'POST',
    headers: { ...openAiHeaders(project), 'x-session-id': session },
    body: JSON.stringify({
      ...parametersOf(settings),
      messages,
      stream: true,
      stream_options: { include_usage: true },
    }),
    signal,
  });
  if (!response.ok || response.body === null) throw await openAiError(response);
  return { traceId: response.headers.get('x-llmops-trace-id') ?? undefined, frames: framesOf(response.body) };
}

async function* framesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<ChatFrame> {
  for await (const { data } of readServerSentEvents(body)) {
    if (data === '[DONE]') return;
    const frame = JSON.parse(data) as ChatFrame & { error?: { message?: string } };
    if (frame.error) throw errorOf(frame, 200);
    yield frame;
  }
}

/** What is set, under the API's names; what is left empty is the model's default. */
export function parametersOf(settings: PlaygroundSettings): Record<string, unknown> {
  const stop = settings.stop.split('\n').filter((line) => line !== '');
  return {
    model: settings.model,
    ...(settings.temperature !== '' && { temperature: Number(settings.temperature) }),
    ...(settings.maxTokens !== '' && { max_tokens: Number(settings.maxTokens) }),
    ...(stop.length > 0 && { stop }),
    ...(settings.knowledgeBase !== '' && { retrieval: { knowledgeBase: settings.knowledgeBase } }),
  };
}
