import type { KnowledgeBase } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { Button, ConfirmDialog, useToast } from '@llmops/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { llmops } from '../../api/llmops.ts';
import { knowledgeBaseKey, knowledgeBasesQuery } from './knowledge-queries.ts';

/** A button that asks before it deletes. */
export function DeleteKnowledgeBase({ project, knowledgeBase }: { project: string; knowledgeBase: KnowledgeBase }) {
  const [open, setOpen] = useState(false);
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const toast = useToast();
  const remove = useMutation({
    mutationFn: () => llmops.knowledgeBases.deleteKnowledgeBase({ project, knowledgeBase: knowledgeBase.id }),
    onSuccess: async () => {
      toast({ title: `${knowledgeBase.displayName} deleted` });
      await navigate({ to: '/p/$project/knowledge', params: { project } });
      queryClient.removeQueries({ queryKey: knowledgeBaseKey(project, knowledgeBase.id) });
      await queryClient.invalidateQueries({ queryKey: knowledgeBasesQuery(project).queryKey });
    },
    onError: (error) => toast({ tone: 'danger', title: 'The knowledge base was not deleted', detail: error.message }),
  });
  return (
    <>
      <Button variant="danger" onClick={() => setOpen(true)}>
        Delete knowledge base
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Delete ${knowledgeBase.displayName}?`}
        action="Delete knowledge base"
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
      >
        All its documents and indexes go with it, and calls that answer from it are refused. This cannot be undone.
      </ConfirmDialog>
    </>
  );
}
