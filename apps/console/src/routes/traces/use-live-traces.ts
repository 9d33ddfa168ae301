import type { TraceSummary } from '@llmops/contracts/observability/v1/trace';
import { useEffect, useState } from 'react';
import { llmops } from '../../api/llmops.ts';

interface LiveTraces {
  traces: TraceSummary[];
  /** Set while the stream is down; it is tried again. */
  error: Error | undefined;
}

const nothing: LiveTraces = { traces: [], error: undefined };
const kept = 500;

/** Traces as they arrive while `on`, newest first. Reconnects after 1, 2, 4 … 30 s. */
export function useLiveTraces(project: string, on: boolean): LiveTraces {
  const [state, setState] = useState(nothing);
  useEffect(() => {
    if (!on) return;
    const controller = new AbortController();
    void watch(project, controller.signal, setState);
    return () => {
      controller.abort();
      setState(nothing);
    };
  }, [project, on]);
  return state;
}

async function watch(
  project: string,
  signal: AbortSignal,
  setState: (update: (state: LiveTraces) => LiveTraces) => void,
) {
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      for await (const trace of llmops.traces.watchTraces({ project }, { signal })) {
        attempt = 0;
        setState((state) => ({ traces: [trace, ...state.traces].slice(0, kept), error: undefined }));
      }
    } catch (error) {
      if (signal.aborted) return;
      setState((state) => ({ ...state, error: error as Error }));
    }
    await wait(Math.min(1000 * 2 ** attempt, 30_000), signal);
  }
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
