import { Button, Card, EmptyState, SkeletonRows, Status } from '@llmops/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ListTree, Pause, Play, SearchX } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { CurlExample } from '../../shell/curl-example.tsx';
import { LoadMore } from '../../shell/load-more.tsx';
import { Page } from '../../shell/page.tsx';
import { mergeLive } from './merge-live.ts';
import { TraceFilters } from './trace-filters.tsx';
import { hasFilters, matchesSearch, type TraceSearch } from './trace-search.ts';
import { tracesQuery } from './traces-queries.ts';
import { TracesTable } from './traces-table.tsx';
import { useLiveTraces } from './use-live-traces.ts';

const route = getRouteApi('/app/p/$project/traces');

export function TracesPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const project = useProject();
  const [isLive, setLive] = useState(false);
  const live = useLiveTraces(project.id, isLive);
  const query = useInfiniteQuery(tracesQuery(project.id, search));
  const setSearch = useCallback((next: TraceSearch) => void navigate({ search: next, replace: true }), [navigate]);

  const listed = query.data?.pages.flatMap((page) => page.traces) ?? [];
  const traces = mergeLive(
    live.traces.filter((trace) => matchesSearch(trace, search)),
    listed,
  );
  return (
    <Page title="Traces" actions={<LiveButton on={isLive} error={live.error} onToggle={() => setLive(!isLive)} />}>
      <div className="flex flex-col gap-3">
        <TraceFilters project={project.id} search={search} onChange={setSearch} />
        {query.error && <QueryError error={query.error} onRetry={() => void query.refetch()} />}
        {!query.isLoadingError && (
          <Card flush>
            {query.isPending && <SkeletonRows rows={12} />}
            {traces.length > 0 && <TracesTable project={project.id} traces={traces} />}
            {query.isSuccess && traces.length === 0 && (
              <NoTraces filtered={hasFilters(search)} onClear={() => setSearch({})} />
            )}
          </Card>
        )}
        <LoadMore query={query} />
      </div>
    </Page>
  );
}

function LiveButton({ on, error, onToggle }: { on: boolean; error: Error | undefined; onToggle: () => void }) {
  const Icon = on ? Pause : Play;
  return (
    <>
      {on && (
        <span className="text-xs text-muted" role="status">
          {error ? (
            <Status tone="warning">Reconnecting</Status>
          ) : (
            <Status tone="success" pulse>
              Live
            </Status>
          )}
        </span>
      )}
      <Button aria-pressed={on} onClick={onToggle}>
        <Icon className="size-3.5" aria-hidden />
        {on ? 'Pause' : 'Go live'}
      </Button>
    </>
  );
}

function NoTraces({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  if (filtered) {
    return (
      <EmptyState icon={SearchX} title="No trace passes these filters">
        <Button onClick={onClear}>Clear filters</Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={ListTree} title="No traces yet">
      <p>Every call through the gateway leaves one. Make the first:</p>
      <CurlExample />
    </EmptyState>
  );
}
