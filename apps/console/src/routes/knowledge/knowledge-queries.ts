import { queryOptions } from '@tanstack/react-query';
import { llmops } from '../../api/llmops.ts';

const refreshMs = 5_000;

export const knowledgeBasesQuery = (project: string) =>
  queryOptions({
    queryKey: ['knowledgeBases', project],
    queryFn: async ({ signal }) =>
      (await llmops.knowledgeBases.listKnowledgeBases({ project, pageSize: 200 }, { signal })).knowledgeBases,
    refetchInterval: refreshMs,
  });
