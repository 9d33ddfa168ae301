import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { llmops } from '../../api/llmops.ts';
import { boundsOf, type Range, ranges } from './ranges.ts';

function spanOf(range: Range) {
  const bounds = boundsOf(range);
  const request = {
    startTime: timestampFromMs(bounds.start * 1000),
    endTime: timestampFromMs(bounds.end * 1000),
    stepS: bounds.stepS,
  };
  return { bounds, request };
}

/** Metrics with the bounds they were asked for, which move on with each refetch. */
export const metricsQuery = (project: string, range: Range) =>
  queryOptions({
    queryKey: ['metrics', project, range],
    queryFn: async ({ signal }) => {
      const { bounds, request } = spanOf(range);
      return { bounds, metrics: await llmops.metrics.queryMetrics({ project, ...request }, { signal }) };
    },
    refetchInterval: ranges[range].refetchMs,
    placeholderData: keepPreviousData,
  });

export const usageQuery = (project: string, range: Range) =>
  queryOptions({
    queryKey: ['usage', project, range],
    queryFn: async ({ signal }) => {
      const { bounds, request } = spanOf(range);
      return { bounds, usage: await llmops.usage.summarizeUsage({ project, ...request }, { signal }) };
    },
    refetchInterval: ranges[range].refetchMs,
    placeholderData: keepPreviousData,
  });
