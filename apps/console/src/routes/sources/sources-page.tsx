import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { Source } from '@llmops/contracts/data/v1/source';
import { Button, Card, type Column, EmptyState, SkeletonRows, Table, Timestamp } from '@llmops/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { FolderSync, Plus } from 'lucide-react';
import { useState } from 'react';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { formatBytes, formatCount } from '../../format/quantity.ts';
import { LoadMore } from '../../shell/load-more.tsx';
import { Page } from '../../shell/page.tsx';
import { sourceKind } from '../knowledge/source-names.ts';
import { CreateSourceDialog } from './create-source-dialog.tsx';
import { scheduleText } from './source-form.ts';
import { sourcesListQuery } from './source-queries.ts';
import { SyncState } from './sync-state.tsx';

const route = getRouteApi('/app/p/$project/sources');

export function SourcesPage() {
  const project = useProject();
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(sourcesListQuery(project.id));
  const [creating, setCreating] = useState(false);
  const sources = query.data?.pages.flatMap((page) => page.sources) ?? [];
  const open = (source: string) =>
    void navigate({ to: '/p/$project/sources/$source', params: { project: project.id, source } });
  const create = project.isEditor && (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus className="size-3.5" aria-hidden />
      New source
    </Button>
  );
  return (
    <Page title="Sources" description="Where documents and tables come from, and keep coming from." actions={create}>
      <div className="flex flex-col gap-3">
        {query.error && <QueryError error={query.error} onRetry={() => void query.refetch()} />}
        {!query.isLoadingError && (
          <Card flush>
            {query.isPending && <SkeletonRows rows={4} />}
            {sources.length > 0 && (
              <Table
                label="Sources"
                columns={columnsOf(project.id)}
                rows={sources}
                rowKey={({ id }) => id}
                onOpen={({ id }) => open(id)}
              />
            )}
            {query.isSuccess && sources.length === 0 && (
              <EmptyState icon={FolderSync} title="No sources yet">
                <p>Files, a folder, web pages, a Git repository, a bucket, or a query: each sync takes what changed.</p>
                {project.isEditor && <Button onClick={() => setCreating(true)}>Add the first</Button>}
              </EmptyState>
            )}
          </Card>
        )}
        <LoadMore query={query} />
      </div>
      <CreateSourceDialog project={project.id} open={creating} onOpenChange={setCreating} onCreated={open} />
    </Page>
  );
}

function columnsOf(project: string): Column<Source>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      card: 'title',
      className: 'w-full max-w-0',
      cell: ({ id, displayName }) => (
        <Link
          to="/p/$project/sources/$source"
          params={{ project, source: id }}
          className="block truncate font-medium hover:underline"
          tabIndex={-1}
        >
          {displayName}
        </Link>
      ),
    },
    { id: 'kind', header: 'Kind', className: 'whitespace-nowrap', cell: sourceKind },
    { id: 'items', header: 'Items', align: 'end', cell: ({ itemCount }) => formatCount(itemCount) },
    {
      id: 'size',
      header: 'Size',
      align: 'end',
      className: 'whitespace-nowrap',
      cell: ({ sizeBytes }) => formatBytes(sizeBytes),
    },
    {
      id: 'sync',
      header: 'Last sync',
      className: 'whitespace-nowrap',
      cell: ({ lastSync }) => <SyncState sync={lastSync} />,
    },
    {
      id: 'time',
      header: 'When',
      className: 'whitespace-nowrap',
      cell: ({ lastSync }) => lastSync?.startTime && <Timestamp date={timestampDate(lastSync.startTime)} ago />,
    },
    {
      id: 'schedule',
      header: 'Schedule',
      className: 'whitespace-nowrap',
      cell: ({ syncIntervalMinutes }) => scheduleText(syncIntervalMinutes),
    },
  ];
}
