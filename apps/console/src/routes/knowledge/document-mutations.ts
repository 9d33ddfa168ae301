import type { Document } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { useToast } from '@llmops/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { llmops } from '../../api/llmops.ts';
import { knowledgeBaseKey } from './knowledge-queries.ts';

type Named = Pick<Document, 'id' | 'displayName'>;

/** Deletes a document, or reads a failed one again; what is shown of the knowledge base follows. */
export function useDocumentMutations(project: string, knowledgeBase: string) {
  const queryClient = useQueryClient();
  const toast = useToast();
  const onSettled = () => queryClient.invalidateQueries({ queryKey: knowledgeBaseKey(project, knowledgeBase) });
  const remove = useMutation({
    mutationFn: ({ id }: Named) => llmops.documents.deleteDocument({ project, knowledgeBase, document: id }),
    onSuccess: (_, { displayName }) =>
      toast({ title: `${displayName} deleted`, detail: 'It is out of every answer from now on.' }),
    onError: (error) => toast({ tone: 'danger', title: 'The document was not deleted', detail: error.message }),
    onSettled,
  });
  const reprocess = useMutation({
    mutationFn: ({ id }: Named) => llmops.documents.reprocessDocument({ project, knowledgeBase, document: id }),
    onError: (error) => toast({ tone: 'danger', title: 'The document is not read again', detail: error.message }),
    onSettled,
  });
  return { remove, reprocess };
}
