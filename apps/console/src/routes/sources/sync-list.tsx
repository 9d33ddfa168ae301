import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { Source, SourceSync } from '@llmops/contracts/data/v1/source';
import { type Column, EmptyState, SkeletonRows, Table, Timestamp } from '@llmops/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { formatBytes, formatCount } from '../../format/quantity.ts';
import { LoadMore } from '../../shell/load-more.tsx';
import { syncsQuery } from './source-queries.ts';
import type { SourceSearch } from './source-search.ts';
import { SyncState } from './sync-state.tsx';

interface SyncListProps {
  source: Source;
  onSearch: (search: SourceSearch) => void;
}

/** Every look at the source and what it found changed; opened, its items. */
export function SyncList({ source, onSearch }: SyncListProps) {
  const project = useProject();
  const query = useInfiniteQuery(syncsQuery(project.id, source.id));
  const syncs = query.data?.pages.flatMap((page) => page.syncs) ?? [];
  return (
    <>
      {query.error && (
        <div className="p-4">
          <QueryError error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {query.isPending && <SkeletonRows rows={4} />}
      {syncs.length > 0 && (
        <Table
          label="Syncs"
          columns={columns}
          rows={syncs}
          rowKey={({ id }) => id}
          onOpen={({ id }) => onSearch({ tab: 'items', sync: id })}
        />
      )}
      {query.isSuccess && syncs.length === 0 && (
        <EmptyState icon={RotateCw} title="Not synced yet">
          <p>The first sync reads everything, later ones what changed.</p>
        </EmptyState>
      )}
      {query.hasNextPage && (
        <div className="flex flex-col border-t border-line py-3">
          <LoadMore query={query} />
        </div>
      )}
    </>
  );
}

const count = (id: 'added' | 'changed' | 'removed' | 'unchanged' | 'failed', header: string): Column<SourceSync> => ({
  id,
  header,
  align: 'end',
  cell: (sync) => (
    <span className={sync[id] === 0n ? 'text-faint' : id === 'failed' ? 'text-danger' : ''}>
      {formatCount(sync[id])}
    </span>
  ),
});

const columns: Column<SourceSync>[] = [
  {
    id: 'state',
    header: 'Sync',
    card: 'title',
    className: 'w-full max-w-0 @2xl:min-w-40',
    cell: (sync) => (
      <span className="block min-w-0">
        <SyncState sync={sync} />
        {(sync.error?.message || sync.revision) && (
          <span
            className={`block truncate text-xs ${sync.error ? 'text-danger' : 'text-muted'}`}
            title={sync.error?.message}
          >
            {sync.error?.message || sync.revision}
          </span>
        )}
      </span>
    ),
  },
  count('added', 'Added'),
  count('changed', 'Changed'),
  count('removed', 'Removed'),
  count('unchanged', 'Unchanged'),
  count('failed', 'Not read'),
  {
    id: 'bytes',
    header: 'Read',
    align: 'end',
    className: 'whitespace-nowrap',
    cell: ({ readBytes }) => formatBytes(readBytes),
  },
  {
    id: 'time',
    header: 'Begun',
    className: 'whitespace-nowrap',
    cell: ({ startTime }) => startTime && <Timestamp date={timestampDate(startTime)} ago />,
  },
];
