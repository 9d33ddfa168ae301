import type { AnnotationQueue } from '@llmops/contracts/data/v1/annotation';
import { buttonClass, Card, EmptyState, Skeleton } from '@llmops/ui';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ArrowLeft, CircleCheckBig } from 'lucide-react';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { Page } from '../../shell/page.tsx';
import { LabelItem } from './label-item.tsx';
import { QueueProgress } from './queue-progress.tsx';
import { queueQuery } from './queue-queries.ts';
import { useLabelling } from './use-labelling.ts';

const route = getRouteApi('/app/p/$project/annotation/$queue/label');

/** One item after the other, each held for whoever looks at it. */
export function LabelPage() {
  const project = useProject();
  const { queue: id } = route.useParams();
  const { data: queue, error, refetch } = useQuery(queueQuery(project.id, id));
  const title = queue ? `Label ${queue.displayName}` : 'Label';
  const heading = (
    <span className="flex items-center gap-2">
      <Link
        to="/p/$project/annotation/$queue"
        params={{ project: project.id, queue: id }}
        aria-label="Back to the queue"
        className="grid size-7 shrink-0 place-items-center rounded-md text-muted hover:bg-hover hover:text-ink"
      >
        <ArrowLeft className="size-4" />
      </Link>
      <span className="truncate">{queue?.displayName ?? 'Label'}</span>
    </span>
  );
  return (
    <Page
      title={title}
      heading={heading}
      actions={
        queue && (
          <span className="flex w-56 items-center">
            <QueueProgress queue={queue} />
          </span>
        )
      }
    >
      {error && <QueryError error={error} onRetry={() => void refetch()} />}
      {!queue && !error && <Skeleton className="h-64" />}
      {queue && <Labelling queue={queue} />}
    </Page>
  );
}

function Labelling({ queue }: { queue: AnnotationQueue }) {
  const project = useProject();
  const { item, isPending, error, next, submit, skip } = useLabelling(project.id, queue.id);
  if (error) return <QueryError error={error} onRetry={next} />;
  if (isPending) return <Skeleton className="h-64" />;
  if (!item || !queue.schema) {
    return (
      <Card>
        <EmptyState icon={CircleCheckBig} title="Nothing left for you to label">
          <p>
            {queue.disputedCount > 0n
              ? `${queue.disputedCount} items wait for a decision.`
              : 'What is left is held by others, or everything is done.'}
          </p>
          <Link
            to="/p/$project/annotation/$queue"
            params={{ project: project.id, queue: queue.id }}
            search={queue.disputedCount > 0n ? { tab: 'disputed' } : {}}
            className={buttonClass()}
          >
            Back to the queue
          </Link>
        </EmptyState>
      </Card>
    );
  }
  return (
    <LabelItem
      key={item.id}
      schema={queue.schema}
      instructions={queue.instructions}
      item={item}
      busy={submit.isPending || skip.isPending}
      action="Submit"
      error={submit.error ?? skip.error}
      onSubmit={submit.mutate}
      onSkip={() => skip.mutate()}
    />
  );
}
