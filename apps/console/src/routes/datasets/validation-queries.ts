import { queryOptions } from '@tanstack/react-query';
import { llmops } from '../../api/llmops.ts';
import { isActive } from './data-names.ts';
import { datasetKey, liveMs } from './dataset-queries.ts';

export const suitesQuery = (project: string) =>
  queryOptions({
    queryKey: ['validationSuites', project],
    queryFn: async ({ signal }) =>
      (await llmops.validation.listValidationSuites({ project, pageSize: 200 }, { signal })).suites,
  });

export const suiteQuery = (project: string, suite: string) =>
  queryOptions({
    queryKey: ['validationSuite', project, suite],
    queryFn: ({ signal }) => llmops.validation.getValidationSuite({ project, suite }, { signal }),
  });

/** Of one version, newest first. */
export const reportsQuery = (project: string, dataset: string, version: string) =>
  queryOptions({
    queryKey: [...datasetKey(project, dataset), 'reports', version],
    queryFn: async ({ signal }) =>
      (await llmops.validation.listValidationReports({ project, dataset, version, pageSize: 50 }, { signal })).reports,
    refetchInterval: (query) => (query.state.data?.some(({ state }) => isActive(state)) ? liveMs : 10_000),
  });

export const reportQuery = (project: string, dataset: string, report: string) =>
  queryOptions({
    queryKey: [...datasetKey(project, dataset), 'report', report],
    queryFn: ({ signal }) => llmops.validation.getValidationReport({ project, dataset, report }, { signal }),
    refetchInterval: (query) => (query.state.data && !isActive(query.state.data.state) ? false : liveMs),
  });
