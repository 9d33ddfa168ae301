import { timestampDate } from '@bufbuild/protobuf/wkt';
import { type Source, type SourceItem, SourceItem_State as State } from '@llmops/contracts/data/v1/source';
import {
  Button,
  buttonClass,
  type Column,
  EmptyState,
  Select,
  SkeletonRows,
  Status,
  Table,
  Timestamp,
  type Tone,
} from '@llmops/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Download, FileX, X } from 'lucide-react';
import { useCallback } from 'react';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { formatBytes } from '../../format/quantity.ts';
import { LoadMore } from '../../shell/load-more.tsx';
import { SearchInput } from '../../shell/search-input.tsx';
import { itemsQuery } from './source-queries.ts';
import { type ItemState, itemStates, type SourceSearch } from './source-search.ts';

interface ItemListProps {
  source: Source;
  search: SourceSearch;
  onSearch: (search: SourceSearch) => void;
}

export function ItemList({ source, search, onSearch }: ItemListProps) {
  const project = useProject();
  const query = useInfiniteQuery(itemsQuery(project.id, source.id, search));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const { q = '', state, sync } = search;
  const filtered = q !== '' || state !== undefined || sync !== undefined;
  const set = useCallback(
    (next: { q?: string; state?: ItemState | undefined; sync?: string | undefined }) =>
      onSearch({
        tab: 'items',
        ...(next.q && { q: next.q }),
        ...(next.state && { state: next.state }),
        ...(next.sync && { sync: next.sync }),
      }),
    [onSearch],
  );
  const onWords = useCallback((words: string) => set({ q: words, state, sync }), [set, state, sync]);
  return (
    <>
      <search aria-label="Filter items" className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2.5">
        <SearchInput label="Search paths" value={q} onChange={onWords} />
        <Select
          aria-label="State"
          value={state ?? ''}
          onChange={(event) =>
            set({
              q,
              sync,
              state: Object.hasOwn(itemStates, event.target.value) ? (event.target.value as ItemState) : undefined,
            })
          }
        >
          <option value="">Any state</option>
          <option value="present">Present</option>
          <option value="removed">Removed</option>
          <option value="failed">Not read</option>
        </Select>
        {sync && (
          <Button aria-label="Remove the filter on one sync" onClick={() => set({ q, state })}>
            What one sync changed
            <X className="size-3.5" aria-hidden />
          </Button>
        )}
      </search>
      {query.error && (
        <div className="p-4">
          <QueryError error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {query.isPending && <SkeletonRows rows={8} />}
      {items.length > 0 && (
        <Table label="Items" columns={columnsOf(project.id, source.id)} rows={items} rowKey={({ id }) => id} />
      )}
      {query.isSuccess && items.length === 0 && (
        <EmptyState
          icon={FileX}
          title={
            sync && !q && !state
              ? 'This sync changed nothing'
              : filtered
                ? 'No item passes these filters'
                : 'No items yet'
          }
        >
          {filtered && <Button onClick={() => set({})}>Show all items</Button>}
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

const states: Record<State, { tone: Tone; text: string }> = {
  [State.UNSPECIFIED]: { tone: 'neutral', text: 'Unknown' },
  [State.PRESENT]: { tone: 'success', text: 'Present' },
  [State.REMOVED]: { tone: 'neutral', text: 'Removed' },
  [State.FAILED]: { tone: 'danger', text: 'Not read' },
};

function columnsOf(project: string, source: string): Column<SourceItem>[] {
  return [
    {
      id: 'path',
      header: 'Path',
      card: 'title',
      className: 'w-full max-w-0',
      cell: ({ path, title, error }) => (
        <span className="block min-w-0">
          <span className="block truncate font-medium" title={path}>
            {path}
          </span>
          {error ? (
            <span className="block truncate text-xs text-danger" title={error}>
              {error}
            </span>
          ) : (
            title && <span className="block truncate text-xs text-muted">{title}</span>
          )}
        </span>
      ),
    },
    {
      id: 'state',
      header: 'State',
      className: 'whitespace-nowrap',
      cell: ({ state }) => <Status tone={states[state].tone}>{states[state].text}</Status>,
    },
    { id: 'type', header: 'Type', className: 'max-w-40 truncate text-muted', cell: ({ mediaType }) => mediaType },
    {
      id: 'size',
      header: 'Size',
      align: 'end',
      className: 'whitespace-nowrap',
      cell: ({ sizeBytes }) => formatBytes(sizeBytes),
    },
    {
      id: 'time',
      header: 'Modified',
      className: 'whitespace-nowrap',
      cell: ({ modifyTime }) => (modifyTime ? <Timestamp date={timestampDate(modifyTime)} ago /> : '–'),
    },
    {
      id: 'actions',
      header: 'Actions',
      card: 'actions',
      cell: ({ id, path, state }) =>
        state === State.PRESENT && (
          // A download, never a page of ours: its content is not ours.
          <a
            href={`/api/v1/projects/${project}/sources/${source}/items/${id}:read`}
            download={path.split('/').at(-1) || 'item'}
            aria-label={`Download ${path}`}
            className={buttonClass({ variant: 'ghost', size: 'sm', icon: true })}
          >
            <Download className="size-3.5" aria-hidden />
          </a>
        ),
    },
  ];
}
