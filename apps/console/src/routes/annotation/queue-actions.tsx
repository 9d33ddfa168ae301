import type { AnnotationQueue } from '@llmops/contracts/data/v1/annotation';
import { Button, ConfirmDialog, useToast } from '@llmops/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ListPlus, PackageCheck, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useProject } from '../../api/current-user.ts';
import { llmops } from '../../api/llmops.ts';
import { AddItemsDialog } from './add-items-dialog.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import { queuesQuery } from './queue-queries.ts';

export function QueueActions({ queue }: { queue: AnnotationQueue }) {
  const project = useProject();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [dialog, setDialog] = useState<'add' | 'publish' | 'delete'>();
  const close = () => setDialog(undefined);
  const remove = useMutation({
    mutationFn: () => llmops.annotations.deleteAnnotationQueue({ project: project.id, queue: queue.id }),
    onSuccess: async () => {
      await navigate({ to: '/p/$project/annotation', params: { project: project.id } });
      toast({ title: `${queue.displayName} deleted` });
      return queryClient.invalidateQueries({ queryKey: queuesQuery(project.id).queryKey });
    },
    onError: (error) => toast({ tone: 'danger', title: 'The queue was not deleted', detail: error.message }),
  });
  return (
    <>
      {project.isAdmin && (
        <Button variant="ghost" icon aria-label={`Delete ${queue.displayName}`} onClick={() => setDialog('delete')}>
          <Trash2 className="size-3.5" aria-hidden />
        </Button>
      )}
      {project.isEditor && (
        <>
          <Button onClick={() => setDialog('add')}>
            <ListPlus className="size-3.5" aria-hidden />
            Add items
          </Button>
          <Button disabled={queue.doneCount === 0n} onClick={() => setDialog('publish')}>
            <PackageCheck className="size-3.5" aria-hidden />
            Publish
          </Button>
        </>
      )}
      <AddItemsDialog project={project.id} queue={queue.id} open={dialog === 'add'} onClose={close} />
      <PublishDialog project={project.id} queue={queue} open={dialog === 'publish'} onClose={close} />
      <ConfirmDialog
        open={dialog === 'delete'}
        onOpenChange={close}
        title={`Delete ${queue.displayName}?`}
        action="Delete queue"
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
      >
        All its labels go with it. What was published stays. This cannot be undone.
      </ConfirmDialog>
    </>
  );
}
