import { AnnotationItem_State as State } from '@llmops/contracts/data/v1/annotation';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { llmops } from '../../api/llmops.ts';

const refreshMs = 10_000;

export const queuesQuery = (project: string) =>
  infiniteQueryOptions({
    queryKey: ['annotationQueues', project],
    queryFn: ({ pageParam, signal }) =>
      llmops.annotations.listAnnotationQueues({ project, pageSize: 50, pageToken: pageParam }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextPageToken || undefined,
    refetchInterval: refreshMs,
  });

/** All of one queue that is kept begins with this key. */
export const queueKey = (project: string, queue: string) => ['annotationQueue', project, queue];

export const queueQuery = (project: string, queue: string) =>
  queryOptions({
    queryKey: [...queueKey(project, queue), 'self'],
    queryFn: ({ signal }) => llmops.annotations.getAnnotationQueue({ project, queue }, { signal }),
    refetchInterval: refreshMs,
  });

export const queueItemsQuery = (project: string, queue: string, state: State) =>
  infiniteQueryOptions({
    queryKey: [...queueKey(project, queue), 'items', state],
    queryFn: ({ pageParam, signal }) =>
      llmops.annotations.listAnnotationItems({ project, queue, state, pageSize: 50, pageToken: pageParam }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextPageToken || undefined,
    placeholderData: (previous) => previous,
  });

export const agreementQuery = (project: string, queue: string) =>
  queryOptions({
    queryKey: [...queueKey(project, queue), 'agreement'],
    queryFn: ({ signal }) => llmops.annotations.getAgreement({ project, queue }, { signal }),
  });
