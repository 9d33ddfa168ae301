import { type AnnotationQueue } from '@llmops/contracts/data/v1/annotation';
import { buttonClass, Card, Skeleton, Stat, StatRow, Tabs } from '@llmops/ui';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Pencil } from 'lucide-react';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { formatCount } from '../../format/quantity.ts';
import { BackHeading } from '../../shell/back-heading.tsx';
import { Page } from '../../shell/page.tsx';
import { AgreementView } from './agreement-view.tsx';
import { DisputeList } from './dispute-list.tsx';
import { labelKinds } from './label-kinds.ts';
import { QueueActions } from './queue-actions.tsx';
import { QueueItems } from './queue-items.tsx';
import { totalOf } from './queue-progress.tsx';
import { queueQuery } from './queue-queries.ts';
import { queueTabs } from './queue-tabs.ts';

const route = getRouteApi('/app/p/$project/annotation/$queue');

export function QueuePage() {
  const project = useProject();
  const { queue: id } = route.useParams();
  const { data: queue, error, refetch } = useQuery(queueQuery(project.id, id));
  if (queue) return <QueueView key={id} queue={queue} />;
  return (
    <Page title="Queue">
      {error ? <QueryError error={error} onRetry={() => void refetch()} /> : <Skeleton className="h-64" />}
    </Page>
  );
}

function QueueView({ queue }: { queue: AnnotationQueue }) {
  const project = useProject();
  const { tab = 'items' } = route.useSearch();
  const navigate = route.useNavigate();
  const kind = queue.schema?.kind.case;
  const heading = (
    <BackHeading to="annotation" project={project.id}>
      <span className="truncate">{queue.displayName}</span>
    </BackHeading>
  );
  const actions = (
    <>
      <QueueActions queue={queue} />
      {project.isEditor && (
        <Link
          to="/p/$project/annotation/$queue/label"
          params={{ project: project.id, queue: queue.id }}
          className={buttonClass({ variant: 'primary' })}
        >
          <Pencil className="size-3.5" aria-hidden />
          Label
        </Link>
      )}
    </>
  );
  const contents = {
    items: <QueueItems queue={queue} />,
    disputed: <DisputeList queue={queue} />,
    agreement: <AgreementView queue={queue} />,
  };
  const labels = {
    items: 'Items',
    disputed: queue.disputedCount > 0n ? `Disputed ${formatCount(queue.disputedCount)}` : 'Disputed',
    agreement: 'Agreement',
  };
  return (
    <Page title={queue.displayName} heading={heading} description={kind && labelKinds[kind].label} actions={actions}>
      <div className="flex flex-col gap-3">
        <StatRow>
          <Stat
            label="Items"
            value={formatCount(totalOf(queue))}
            note={queue.annotatorsPerItem === 1 ? '1 label each' : `${queue.annotatorsPerItem} labels each`}
          />
          <Stat label="To label" value={formatCount(queue.pendingCount)} />
          <Stat label="Disputed" value={formatCount(queue.disputedCount)} />
          <Stat label="Done" value={formatCount(queue.doneCount)} note={`${formatCount(queue.skippedCount)} skipped`} />
        </StatRow>
        <Card flush>
          <Tabs
            label="Queue"
            value={tab}
            onChange={(next) => {
              const chosen = queueTabs.find((candidate) => candidate === next);
              void navigate({ search: chosen && chosen !== 'items' ? { tab: chosen } : {}, replace: true });
            }}
            items={queueTabs.map((id) => ({ id, label: labels[id], content: contents[id] }))}
          />
        </Card>
      </div>
    </Page>
  );
}
