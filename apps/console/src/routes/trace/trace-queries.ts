import { queryOptions } from '@tanstack/react-query';
import { llmops } from '../../api/llmops.ts';

export const traceQuery = (project: string, trace: string) =>
  queryOptions({
    queryKey: ['trace', project, trace],
    queryFn: ({ signal }) => llmops.traces.getTrace({ project, trace }, { signal }),
    // A trace is opened from the playground before it is stored: not found may pass, so it is asked for again.
    retry: 5,
    retryDelay: (count) => 300 * 2 ** Math.min(count, 2),
    // Spans of one trace arrive apart: look again while it is young.
    refetchInterval: (query) => (query.state.dataUpdateCount < 4 ? 2_000 : false),
  });
