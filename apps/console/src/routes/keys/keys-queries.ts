import { useToast } from '@llmops/ui';
import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { llmops } from '../../api/llmops.ts';

export const keysQuery = (project: string) =>
  infiniteQueryOptions({
    queryKey: ['apiKeys', project],
    queryFn: ({ pageParam, signal }) =>
      llmops.apiKeys.listApiKeys({ project, pageSize: 100, pageToken: pageParam }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextPageToken || undefined,
  });

export function useRevokeKey(project: string, onDone: () => void) {
  const queryClient = useQueryClient();
  const toast = useToast();
  return useMutation({
    mutationFn: (apiKey: string) => llmops.apiKeys.revokeApiKey({ project, apiKey }),
    onSuccess: (key) => {
      onDone();
      toast({ title: `Key ${key.displayName} revoked`, detail: 'It stops working at every gateway within seconds.' });
      return queryClient.invalidateQueries({ queryKey: keysQuery(project).queryKey });
    },
    onError: (error) => toast({ tone: 'danger', title: 'The key was not revoked', detail: error.message }),
  });
}
