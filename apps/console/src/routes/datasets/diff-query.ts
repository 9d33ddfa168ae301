import type { Change_Kind, DatasetVersion } from '@llmops/contracts/data/v1/dataset';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { llmops } from '../../api/llmops.ts';
import { datasetKey } from './dataset-queries.ts';

interface DiffChoice {
  /** The version before when empty. */
  base: string;
  kind: Change_Kind;
}

export const diffQuery = (project: string, { dataset, id: version }: DatasetVersion, { base, kind }: DiffChoice) =>
  infiniteQueryOptions({
    queryKey: [...datasetKey(project, dataset), 'diff', version, base, kind],
    queryFn: ({ pageParam, signal }) =>
      llmops.datasets.diffVersions(
        { project, dataset, version, base, kind, pageSize: 50, pageToken: pageParam },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextPageToken || undefined,
    placeholderData: (previous) => previous,
    staleTime: Number.POSITIVE_INFINITY,
  });
