import { infiniteQueryOptions } from '@tanstack/react-query';
import { llmops } from '../../api/llmops.ts';
import { listTracesFilter, type TraceSearch } from './trace-search.ts';

const pageSize = 50;

export const tracesQuery = (project: string, search: TraceSearch) =>
  infiniteQueryOptions({
    queryKey: ['traces', project, search],
    queryFn: ({ pageParam, signal }) =>
      llmops.traces.listTraces({ project, pageSize, pageToken: pageParam, ...listTracesFilter(search) }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextPageToken || undefined,
  });
