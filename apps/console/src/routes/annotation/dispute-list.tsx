import {
  type AnnotationItem,
  type AnnotationQueue,
  type Label,
  AnnotationItem_State as State,
} from '@llmops/contracts/data/v1/annotation';
import { Button, Dialog, EmptyState, SkeletonRows, useToast } from '@llmops/ui';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Scale } from 'lucide-react';
import { useState } from 'react';
import { useProject } from '../../api/current-user.ts';
import { llmops } from '../../api/llmops.ts';
import { QueryError } from '../../api/query-error.tsx';
import { LoadMore } from '../../shell/load-more.tsx';
import { GivenLabels } from './given-labels.tsx';
import { LabelItem } from './label-item.tsx';
import { previewOf } from './queue-items.tsx';
import { queueItemsQuery, queueKey } from './queue-queries.ts';

/** Items whose annotators disagree, and the way to decide them. */
export function DisputeList({ queue }: { queue: AnnotationQueue }) {
  const project = useProject();
  const query = useInfiniteQuery(queueItemsQuery(project.id, queue.id, State.DISPUTED));
  const [deciding, setDeciding] = useState<AnnotationItem>();
  const decide = useAdjudicate(project.id, queue.id, () => setDeciding(undefined));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {query.error && (
        <div className="p-4">
          <QueryError error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {query.isPending && <SkeletonRows rows={4} />}
      {query.isSuccess && items.length === 0 && (
        <EmptyState icon={Scale} title="Nothing is disputed">
          <p>
            {queue.annotatorsPerItem > 1
              ? 'Items whose annotators disagree wait here for a decision.'
              : 'With one label an item there is nobody to disagree.'}
          </p>
        </EmptyState>
      )}
      <ul className="divide-y divide-line">
        {items.map((item) => (
          <li key={item.id} className="flex min-w-0 flex-col gap-2 px-4 py-3">
            <span className="flex min-w-0 items-center gap-3">
              <span className="min-w-0 flex-1 truncate">{previewOf(item.contentJson)}</span>
              {project.isEditor && (
                <Button size="sm" onClick={() => setDeciding(item)}>
                  Decide
                </Button>
              )}
            </span>
            <GivenLabels queue={queue} item={item} />
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <div className="flex flex-col border-t border-line py-3">
          <LoadMore query={query} />
        </div>
      )}
      {deciding && queue.schema && (
        <Dialog open onOpenChange={() => setDeciding(undefined)} title="Decide" wide>
          <div className="flex min-w-0 flex-col gap-4">
            <GivenLabels queue={queue} item={deciding} />
            <LabelItem
              key={deciding.id}
              schema={queue.schema}
              item={deciding}
              busy={decide.isPending}
              action="Decide"
              error={decide.error}
              onSubmit={(label) => decide.mutate({ item: deciding.id, label })}
            />
          </div>
        </Dialog>
      )}
    </>
  );
}

function useAdjudicate(project: string, queue: string, onDone: () => void) {
  const queryClient = useQueryClient();
  const toast = useToast();
  return useMutation({
    mutationFn: (decision: { item: string; label: Label }) =>
      llmops.annotations.adjudicateItem({ project, queue, ...decision }),
    onSuccess: () => {
      onDone();
      toast({ title: 'The item is decided' });
      return queryClient.invalidateQueries({ queryKey: queueKey(project, queue) });
    },
  });
}
