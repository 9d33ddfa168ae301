import type { Label } from '@llmops/contracts/data/v1/annotation';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { llmops } from '../../api/llmops.ts';
import { queueKey, queueQuery } from './queue-queries.ts';

/** Claims an item, gives its label or skips it, and claims the next. */
export function useLabelling(project: string, queue: string) {
  const queryClient = useQueryClient();
  const claim = useQuery({
    queryKey: ['claimedItem', project, queue],
    queryFn: async () => (await llmops.annotations.claimAnnotationItem({ project, queue })).item ?? null,
    // A claim is held; asking again would take another.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const item = claim.data ?? undefined;
  const since = useRef(Date.now());
  // The time runs from when an item is shown.
  useEffect(() => {
    since.current = Date.now();
  }, [item?.id]);

  const onSuccess = async () => {
    await claim.refetch();
    void queryClient.invalidateQueries({ queryKey: queueQuery(project, queue).queryKey });
    void queryClient.invalidateQueries({ queryKey: [...queueKey(project, queue), 'items'] });
    void queryClient.invalidateQueries({ queryKey: [...queueKey(project, queue), 'agreement'] });
  };
  const submit = useMutation({
    mutationFn: (label: Label) =>
      llmops.annotations.submitAnnotation({
        project,
        queue,
        item: item?.id ?? '',
        label,
        durationMs: BigInt(Date.now() - since.current),
      }),
    onSuccess,
  });
  const skip = useMutation({
    mutationFn: () => llmops.annotations.skipAnnotationItem({ project, queue, item: item?.id ?? '' }),
    onSuccess,
  });
  return {
    item,
    isPending: claim.isPending,
    error: claim.error,
    next: () => void claim.refetch(),
    submit,
    skip,
  };
}
