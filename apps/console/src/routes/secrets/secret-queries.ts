import { queryOptions } from '@tanstack/react-query';
import { llmops } from '../../api/llmops.ts';

export const secretsQuery = (project: string) =>
  queryOptions({
    queryKey: ['secrets', project],
    queryFn: async ({ signal }) => (await llmops.secrets.listSecrets({ project, pageSize: 200 }, { signal })).secrets,
  });
