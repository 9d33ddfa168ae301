import type { DataFormat } from '@llmops/contracts/data/v1/dataset';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { llmops } from '../../api/llmops.ts';
import { isActive } from './data-names.ts';
import type { RowFilter } from './version-search.ts';

/** While something moves. */
export const liveMs = 1_000;
const refreshMs = 10_000;

export const datasetsKey = (project: string) => ['datasets', project];

export const datasetsQuery = (project: string, query = '') =>
  infiniteQueryOptions({
    queryKey: [...datasetsKey(project), query],
    queryFn: ({ pageParam, signal }) =>
      llmops.datasets.listDatasets({ project, pageSize: 50, pageToken: pageParam, query }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextPageToken || undefined,
    placeholderData: (previous) => previous,
    refetchInterval: refreshMs,
  });

/** All of one dataset that is kept begins with this key. */
export const datasetKey = (project: string, dataset: string) => ['dataset', project, dataset];

export const datasetQuery = (project: string, dataset: string) =>
  queryOptions({
    queryKey: [...datasetKey(project, dataset), 'self'],
    queryFn: ({ signal }) => llmops.datasets.getDataset({ project, dataset }, { signal }),
  });

export const versionsQuery = (project: string, dataset: string) =>
  infiniteQueryOptions({
    queryKey: [...datasetKey(project, dataset), 'versions'],
    queryFn: ({ pageParam, signal }) =>
      llmops.datasets.listVersions({ project, dataset, pageSize: 50, pageToken: pageParam }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextPageToken || undefined,
  });

/** By id, number, tag, or `latest`. */
export const versionQuery = (project: string, dataset: string, version: string) =>
  queryOptions({
    queryKey: [...datasetKey(project, dataset), 'version', version],
    queryFn: ({ signal }) => llmops.datasets.getVersion({ project, dataset, version }, { signal }),
  });

export const rowsQuery = (project: string, dataset: string, version: string, filter: RowFilter) =>
  infiniteQueryOptions({
    queryKey: [...datasetKey(project, dataset), 'rows', version, filter],
    queryFn: ({ pageParam, signal }) => {
      const { q = '', where = '', split = '', row } = filter;
      const rowIds = row ? [row] : [];
      return llmops.datasets.listRows(
        { project, dataset, version, pageSize: 50, pageToken: pageParam, query: q, where, split, rowIds },
        { signal },
      );
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextPageToken || undefined,
    // A version does not change.
    staleTime: Number.POSITIVE_INFINITY,
    // A condition that cannot be run is no better the second time.
    retry: false,
  });

export const profileQuery = (project: string, dataset: string, version: string) =>
  queryOptions({
    queryKey: [...datasetKey(project, dataset), 'profile', version],
    queryFn: ({ signal }) => llmops.validation.getProfile({ project, dataset, version }, { signal }),
    refetchInterval: (query) => (query.state.data && isActive(query.state.data.state) ? liveMs : false),
  });

export const dataJobQuery = (project: string, job: string) =>
  queryOptions({
    queryKey: ['dataJob', project, job],
    queryFn: ({ signal }) => llmops.dataJobs.getDataJob({ project, job }, { signal }),
    refetchInterval: (query) => (query.state.data && !isActive(query.state.data.state) ? false : 700),
  });

/** Work on this dataset or source, newest first. */
export const dataJobsQuery = (project: string, resource: string) =>
  queryOptions({
    queryKey: ['dataJobs', project, resource],
    queryFn: async ({ signal }) =>
      (await llmops.dataJobs.listDataJobs({ project, resource, pageSize: 20 }, { signal })).jobs,
    refetchInterval: (query) => (query.state.data?.some(({ state }) => isActive(state)) ? liveMs : refreshMs),
  });

/** The address of a version as a file. */
export function exportPath(
  { project, dataset, version }: { project: string; dataset: string; version: string },
  { format, split = '' }: { format: keyof typeof DataFormat; split?: string | undefined },
): string {
  const query = new URLSearchParams({ format: `DATA_FORMAT_${format}`, ...(split && { split }) });
  return `/api/v1/projects/${project}/datasets/${dataset}/versions/${version}:export?${query}`;
}
