import { queryOptions } from '@tanstack/react-query';
import { llmops } from '../../api/llmops.ts';

export const traceQuery = (project: string, trace: string) =>
  queryOptions({
    queryKey: ['trace', project, trace],
    queryFn: ({ signal }) => llmops.traces.getTrace({ project, trace }, { signal }),
    // Spans of one trace arrive apart: look again while it is young.
    refetchInterval: (query) => (query.state.dataUpdateCount < 4 ? 2_000 : false),
  });
