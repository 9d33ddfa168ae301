import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { AnnotationQueue } from '@llmops/contracts/data/v1/annotation';
import { Button, Card, type Column, EmptyState, SkeletonRows, Table, Timestamp } from '@llmops/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Plus, Tags } from 'lucide-react';
import { useState } from 'react';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { formatCount } from '../../format/quantity.ts';
import { LoadMore } from '../../shell/load-more.tsx';
import { Page } from '../../shell/page.tsx';
import { CreateQueueDialog } from './create-queue-dialog.tsx';
import { labelKinds } from './label-kinds.ts';
import { QueueProgress } from './queue-progress.tsx';
import { queuesQuery } from './queue-queries.ts';

const route = getRouteApi('/app/p/$project/annotation');

export function QueuesPage() {
  const project = useProject();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(queuesQuery(project.id));
  const [creating, setCreating] = useState(false);
  const queues = query.data?.pages.flatMap((page) => page.queues) ?? [];
  const open = (queue: string) =>
    void navigate({ to: '/p/$project/annotation/$queue', params: { project: project.id, queue } });
  const create = project.isEditor && (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus className="size-3.5" aria-hidden />
      New queue
    </Button>
  );
  return (
    <Page
      title="Annotation"
      description="People label rows and answers; what they agree on becomes a dataset."
      actions={create}
    >
      <div className="flex flex-col gap-3">
        {query.error && <QueryError error={query.error} onRetry={() => void query.refetch()} />}
        {!query.isLoadingError && (
          <Card flush>
            {query.isPending && <SkeletonRows rows={4} />}
            {queues.length > 0 && (
              <Table
                label="Queues"
                columns={columnsOf(project.id)}
                rows={queues}
                rowKey={({ id }) => id}
                onOpen={({ id }) => open(id)}
              />
            )}
            {query.isSuccess && queues.length === 0 && (
              <EmptyState icon={Tags} title="No queues yet">
                <p>A queue says what is asked of each item. Add rows of a dataset or traces to it, then label them.</p>
                {project.isEditor && <Button onClick={() => setCreating(true)}>Make the first</Button>}
              </EmptyState>
            )}
          </Card>
        )}
        <LoadMore query={query} />
      </div>
      <CreateQueueDialog project={project.id} open={creating} onOpenChange={setCreating} onCreated={open} />
    </Page>
  );
}

function columnsOf(project: string): Column<AnnotationQueue>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      card: 'title',
      className: 'w-full max-w-0',
      cell: ({ id, displayName }) => (
        <Link
          to="/p/$project/annotation/$queue"
          params={{ project, queue: id }}
          className="block truncate font-medium hover:underline"
          tabIndex={-1}
        >
          {displayName}
        </Link>
      ),
    },
    {
      id: 'kind',
      header: 'Asks for',
      className: 'whitespace-nowrap',
      cell: ({ schema }) => (schema?.kind.case ? labelKinds[schema.kind.case].label : '–'),
    },
    {
      id: 'progress',
      header: 'Progress',
      card: 'wide',
      className: 'min-w-44',
      cell: (queue) => <QueueProgress queue={queue} />,
    },
    { id: 'disputed', header: 'Disputed', align: 'end', cell: ({ disputedCount }) => formatCount(disputedCount) },
    { id: 'people', header: 'Labels an item', align: 'end', cell: ({ annotatorsPerItem }) => annotatorsPerItem },
    {
      id: 'time',
      header: 'Made',
      className: 'whitespace-nowrap',
      cell: ({ createTime }) => createTime && <Timestamp date={timestampDate(createTime)} ago />,
    },
  ];
}
