import type { Row } from '@llmops/contracts/data/v1/dataset';
import { Button, EmptyState, JsonView, SkeletonRows } from '@llmops/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Rows3, SearchX } from 'lucide-react';
import { useState } from 'react';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { LoadMore } from '../../shell/load-more.tsx';
import { rowsQuery } from './dataset-queries.ts';
import { contentOf } from './row-cells.ts';
import { RowDialog } from './row-dialog.tsx';
import { RowFilters } from './row-filters.tsx';
import { RowsTable } from './rows-table.tsx';
import { hasRowFilter } from './version-search.ts';
import type { VersionTabProps } from './version-tab.ts';

export function RowsTab({ version, search, onSearch }: VersionTabProps) {
  const project = useProject();
  const { q, where, split, row } = search;
  const filter = { ...(q && { q }), ...(where && { where }), ...(split && { split }), ...(row && { row }) };
  const query = useInfiniteQuery(rowsQuery(project.id, version.dataset, version.id, filter));
  const [opened, setOpened] = useState<Row>();
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <>
      <RowFilters version={version} search={search} onSearch={onSearch} />
      {query.error && (
        <div className="p-4">
          <QueryError error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {query.isPending && <SkeletonRows rows={10} />}
      {rows.length > 0 && search.view !== 'json' && (
        <RowsTable label="Rows" columns={version.columns} rows={rows} onOpen={setOpened} />
      )}
      {rows.length > 0 && search.view === 'json' && <JsonRows rows={rows} />}
      {query.isSuccess && rows.length === 0 && (
        <EmptyState
          icon={hasRowFilter(filter) ? SearchX : Rows3}
          title={hasRowFilter(filter) ? 'No row passes these filters' : 'No rows'}
        >
          {hasRowFilter(filter) && <Button onClick={() => onSearch({})}>Show all rows</Button>}
        </EmptyState>
      )}
      {query.hasNextPage && (
        <div className="flex flex-col border-t border-line py-3">
          <LoadMore query={query} />
        </div>
      )}
      {opened && <RowDialog version={version} row={opened} onClose={() => setOpened(undefined)} />}
    </>
  );
}

function JsonRows({ rows }: { rows: Row[] }) {
  return (
    <ol className="divide-y divide-line">
      {rows.map((row) => (
        <li key={row.id} className="flex min-w-0 gap-3 px-4 py-2">
          <span className="w-10 shrink-0 pt-0.5 text-right font-mono text-xs text-faint" title={row.id}>
            {String(row.index)}
          </span>
          <div className="min-w-0 flex-1 break-words">
            <JsonView value={contentOf(row.json)} open={3} />
          </div>
        </li>
      ))}
    </ol>
  );
}
