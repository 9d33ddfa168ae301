import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { Source } from '@llmops/contracts/data/v1/source';
import { Button, Card, ConfirmDialog, CopyableId, Skeleton, Stat, StatRow, Tabs, Timestamp } from '@llmops/ui';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { RotateCw, Square, Table2, Trash2 } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { formatBytes, formatCount } from '../../format/quantity.ts';
import { BackHeading } from '../../shell/back-heading.tsx';
import { Page } from '../../shell/page.tsx';
import { isActive } from '../datasets/data-names.ts';
import { ImportDialog } from '../datasets/import-dialog.tsx';
import { sourceKind } from '../knowledge/source-names.ts';
import { ItemList } from './item-list.tsx';
import { scheduleText } from './source-form.ts';
import { sourceQuery, useSourceMutations } from './source-queries.ts';
import type { SourceSearch } from './source-search.ts';
import { SourceSettings } from './source-settings.tsx';
import { SyncList } from './sync-list.tsx';
import { SyncState } from './sync-state.tsx';

const route = getRouteApi('/app/p/$project/sources/$source');

export function SourcePage() {
  const project = useProject();
  const { source: id } = route.useParams();
  const { data: source, error, refetch } = useQuery(sourceQuery(project.id, id));
  if (source) return <SourceView key={id} source={source} />;
  return (
    <Page title="Source">
      {error ? <QueryError error={error} onRetry={() => void refetch()} /> : <Skeleton className="h-64" />}
    </Page>
  );
}

function SourceView({ source }: { source: Source }) {
  const project = useProject();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const setSearch = useCallback((next: SourceSearch) => void navigate({ search: next, replace: true }), [navigate]);
  const heading = (
    <BackHeading to="sources" project={project.id}>
      <span className="truncate">{source.displayName}</span>
    </BackHeading>
  );
  return (
    <Page
      title={source.displayName}
      heading={heading}
      description={sourceKind(source)}
      actions={<SourceActions source={source} />}
    >
      <div className="flex flex-col gap-3">
        <SourceFacts source={source} />
        <Card flush>
          <Tabs
            label="Source"
            value={search.tab ?? 'syncs'}
            onChange={(next) => setSearch(next === 'items' || next === 'settings' ? { tab: next } : {})}
            items={[
              { id: 'syncs', label: 'Syncs', content: <SyncList source={source} onSearch={setSearch} /> },
              {
                id: 'items',
                label: 'Items',
                content: <ItemList source={source} search={search} onSearch={setSearch} />,
              },
              { id: 'settings', label: 'Settings', content: <SourceSettings source={source} /> },
            ]}
          />
        </Card>
      </div>
    </Page>
  );
}

function SourceActions({ source }: { source: Source }) {
  const project = useProject();
  const navigate = route.useNavigate();
  const { sync, cancel, remove } = useSourceMutations(project.id, source.id);
  const [dialog, setDialog] = useState<'delete' | 'dataset'>();
  const running = source.lastSync && isActive(source.lastSync.state) ? source.lastSync : undefined;
  const onDelete = () =>
    remove.mutate(undefined, {
      onSuccess: () => void navigate({ to: '/p/$project/sources', params: { project: project.id } }),
      onError: () => setDialog(undefined),
    });
  return (
    <>
      <CopyableId id={source.id} label="source id" chars={40} />
      {project.isAdmin && (
        <Button variant="ghost" icon aria-label={`Delete ${source.displayName}`} onClick={() => setDialog('delete')}>
          <Trash2 className="size-3.5" aria-hidden />
        </Button>
      )}
      {project.isEditor && source.itemCount > 0n && (
        <Button onClick={() => setDialog('dataset')}>
          <Table2 className="size-3.5" aria-hidden />
          Create dataset
        </Button>
      )}
      {project.isEditor && running && (
        <Button busy={cancel.isPending} onClick={() => cancel.mutate(running.id)}>
          <Square className="size-3.5" aria-hidden />
          Stop sync
        </Button>
      )}
      {project.isEditor && !running && (
        <Button variant="primary" busy={sync.isPending} onClick={() => sync.mutate()}>
          <RotateCw className="size-3.5" aria-hidden />
          Sync now
        </Button>
      )}
      <ImportDialog
        project={project.id}
        source={source}
        open={dialog === 'dataset'}
        onOpenChange={(open) => setDialog(open ? 'dataset' : undefined)}
        onBegun={(dataset) =>
          void navigate({ to: '/p/$project/datasets/$dataset', params: { project: project.id, dataset } })
        }
      />
      <ConfirmDialog
        open={dialog === 'delete'}
        onOpenChange={() => setDialog(undefined)}
        title={`Delete ${source.displayName}?`}
        action="Delete source"
        busy={remove.isPending}
        onConfirm={onDelete}
      >
        Its files go, and with them the documents of knowledge bases that follow it. Datasets made from it stay.
      </ConfirmDialog>
    </>
  );
}

function SourceFacts({
  source: { itemCount, sizeBytes, lastSync, nextSyncTime, syncIntervalMinutes },
}: {
  source: Source;
}) {
  return (
    <StatRow>
      <Stat label="Items" value={formatCount(itemCount)} note={formatBytes(sizeBytes)} />
      <Stat
        label="Last sync"
        value={
          <span className="text-base font-medium">
            <SyncState sync={lastSync} />
          </span>
        }
        note={lastSync?.startTime && <Timestamp date={timestampDate(lastSync.startTime)} ago />}
      />
      <Stat
        label="Schedule"
        value={<span className="text-base font-medium">{scheduleText(syncIntervalMinutes)}</span>}
        note={nextSyncTime && <>next at {timestampDate(nextSyncTime).toLocaleTimeString()}</>}
      />
    </StatRow>
  );
}
