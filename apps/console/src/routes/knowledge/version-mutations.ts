import { useToast } from '@llmops/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { llmops } from '../../api/llmops.ts';
import { knowledgeBaseKey } from './knowledge-queries.ts';

/** Switches answers between index versions, measures and deletes them; what is shown of the knowledge base follows. */
export function useVersionMutations(project: string, knowledgeBase: string) {
  const queryClient = useQueryClient();
  const toast = useToast();
  const onSettled = () => queryClient.invalidateQueries({ queryKey: knowledgeBaseKey(project, knowledgeBase) });
  const failed = (title: string) => (error: Error) => toast({ tone: 'danger', title, detail: error.message });
  const of = (indexVersion: string) => ({ project, knowledgeBase, indexVersion });
  return {
    activate: useMutation({
      mutationFn: (id: string) => llmops.indexVersions.activateIndexVersion(of(id)),
      onSuccess: () => toast({ title: 'Answers come from this index now', detail: 'The one before stays ready.' }),
      onError: failed('The index was not activated'),
      onSettled,
    }),
    rollback: useMutation({
      mutationFn: () => llmops.indexVersions.rollbackIndexVersion({ project, knowledgeBase }),
      onSuccess: () => toast({ title: 'Answers come from the index before again' }),
      onError: failed('The index was not rolled back'),
      onSettled,
    }),
    remove: useMutation({
      mutationFn: (id: string) => llmops.indexVersions.deleteIndexVersion(of(id)),
      onError: failed('The index was not deleted'),
      onSettled,
    }),
    probe: useMutation({
      mutationFn: (id: string) => llmops.indexVersions.probeRecall(of(id)),
      onError: failed('Recall was not measured'),
      onSettled,
    }),
  };
}
