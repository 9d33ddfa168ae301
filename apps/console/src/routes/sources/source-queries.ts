import type { Source } from '@llmops/contracts/data/v1/source';
import { useToast } from '@llmops/ui';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { llmops } from '../../api/llmops.ts';
import { isActive } from '../datasets/data-names.ts';
import { itemStates, type SourceSearch } from './source-search.ts';

const liveMs = 1_000;
const refreshMs = 10_000;

const isSyncing = ({ lastSync }: Source): boolean => lastSync !== undefined && isActive(lastSync.state);

export const sourcesListQuery = (project: string) =>
  infiniteQueryOptions({
    queryKey: ['sourceList', project],
    queryFn: ({ pageParam, signal }) =>
      llmops.sources.listSources({ project, pageSize: 50, pageToken: pageParam }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextPageToken || undefined,
    refetchInterval: (query) =>
      query.state.data?.pages.some((page) => page.sources.some(isSyncing)) ? liveMs : refreshMs,
  });

/** All of one source that is kept begins with this key. */
const sourceKey = (project: string, source: string) => ['source', project, source];

export const sourceQuery = (project: string, source: string) =>
  queryOptions({
    queryKey: [...sourceKey(project, source), 'self'],
    queryFn: ({ signal }) => llmops.sources.getSource({ project, source }, { signal }),
    refetchInterval: (query) => (query.state.data && isSyncing(query.state.data) ? liveMs : refreshMs),
  });

export const syncsQuery = (project: string, source: string) =>
  infiniteQueryOptions({
    queryKey: [...sourceKey(project, source), 'syncs'],
    queryFn: ({ pageParam, signal }) =>
      llmops.sources.listSyncs({ project, source, pageSize: 25, pageToken: pageParam }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextPageToken || undefined,
    refetchInterval: (query) =>
      query.state.data?.pages.some((page) => page.syncs.some(({ state }) => isActive(state))) ? liveMs : refreshMs,
  });

export const itemsQuery = (project: string, source: string, { q = '', state, sync = '' }: SourceSearch) =>
  infiniteQueryOptions({
    queryKey: [...sourceKey(project, source), 'items', q, state ?? '', sync],
    queryFn: ({ pageParam, signal }) =>
      llmops.sources.listSourceItems(
        {
          project,
          source,
          pageSize: 100,
          pageToken: pageParam,
          query: q,
          sync,
          ...(state && { state: itemStates[state] }),
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextPageToken || undefined,
    placeholderData: (previous) => previous,
  });

/** Sync, cancel, change and delete; what is shown of the source follows. */
export function useSourceMutations(project: string, source: string) {
  const queryClient = useQueryClient();
  const toast = useToast();
  const onSettled = async () => {
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: sourceKey(project, source) }),
      queryClient.invalidateQueries({ queryKey: ['sourceList', project] }),
      queryClient.invalidateQueries({ queryKey: ['sources', project] }),
    ]);
  };
  const failed = (title: string) => (error: Error) => toast({ tone: 'danger', title, detail: error.message });
  const sync = useMutation({
    mutationFn: () => llmops.sources.syncSource({ project, source }),
    onError: failed('The sync did not begin'),
    onSettled,
  });
  const cancel = useMutation({
    mutationFn: (id: string) => llmops.sources.cancelSync({ project, source, sync: id }),
    onError: failed('The sync was not stopped'),
    onSettled,
  });
  const schedule = useMutation({
    mutationFn: (minutes: number) => llmops.sources.updateSource({ project, source, syncIntervalMinutes: minutes }),
    onError: failed('The schedule was not changed'),
    onSettled,
  });
  const remove = useMutation({
    mutationFn: () => llmops.sources.deleteSource({ project, source }),
    onError: failed('The source was not deleted'),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['sourceList', project] }),
  });
  return { sync, cancel, schedule, remove };
}
