import { ApiError } from '@llmops/sdk';
import { useEffect, useReducer, useRef } from 'react';
import { chatReducer, requestMessages, type Turn } from './chat-reducer.ts';
import { openChat } from './chat-stream.ts';
import type { PlaygroundSettings } from './settings.ts';

/** A conversation with a model: send, stop, clear. Leaving the page stops the answer, so that its slot is freed. */
export function useChat(project: string, settings: PlaygroundSettings) {
  const [turns, dispatch] = useReducer(chatReducer, []);
  // One conversation is one session, so that its calls are found together.
  const session = useRef(newSession());
  const running = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const send = async (text: string) => {
    const controller = new AbortController();
    running.current = controller;
    const asked: Turn = { id: turns.length, role: 'user', text, toolCalls: [], state: 'done', sentAt: 0 };
    dispatch({ type: 'sent', text, at: performance.now() });
    try {
      const messages = requestMessages(settings.system, [...turns, asked]);
      const { traceId, frames } = await openChat(project, settings, messages, session.current, controller.signal);
      dispatch({ type: 'opened', traceId });
      for await (const frame of frames) dispatch({ type: 'frame', frame, at: performance.now() });
      dispatch({ type: 'ended', at: performance.now() });
    } catch (error) {
      const at = performance.now();
      if (controller.signal.aborted) dispatch({ type: 'stopped', at });
      else dispatch({ type: 'failed', ...failureOf(error), at });
    }
  };
  const stop = () => running.current?.abort();
  const clear = () => {
    stop();
    session.current = newSession();
    dispatch({ type: 'cleared' });
  };
  return { turns, send, stop, clear, isStreaming: turns.at(-1)?.state === 'streaming' };
}

/** A refused call is recorded too: its request id is the call's, under which its trace is found. */
const failureOf = (error: unknown) => ({
  message: error instanceof Error ? error.message : String(error),
  traceId: error instanceof ApiError ? error.requestId : undefined,
});

// randomUUID is there on https and localhost only; a console may be served over plain http in a private network.
function newSession(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return `playground-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
