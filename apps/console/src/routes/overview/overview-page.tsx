import { EmptyState, Segmented, Skeleton } from '@llmops/ui';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Activity } from 'lucide-react';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { CurlExample } from '../../shell/curl-example.tsx';
import { Page } from '../../shell/page.tsx';
import { ModelTable } from './model-table.tsx';
import { OverviewCharts } from './overview-charts.tsx';
import { metricsQuery, usageQuery } from './overview-queries.ts';
import { OverviewStats } from './overview-stats.tsx';
import { rangeOptions, ranges } from './ranges.ts';

const route = getRouteApi('/app/p/$project/overview');

export function OverviewPage() {
  const { range = '1h' } = route.useSearch();
  const navigate = route.useNavigate();
  const project = useProject();
  const metrics = useQuery(metricsQuery(project.id, range));
  const usage = useQuery(usageQuery(project.id, range));
  const error = metrics.error ?? usage.error;
  const retry = () => Promise.all([metrics.refetch(), usage.refetch()]);
  const total = metrics.data?.metrics.total;
  const picker = (
    <Segmented
      label="Time range"
      options={rangeOptions}
      value={range}
      onChange={(next) => void navigate({ search: { range: next }, replace: true })}
    />
  );
  return (
    <Page title="Overview" actions={picker}>
      <div className="flex flex-col gap-4">
        {error && <QueryError error={error} onRetry={() => void retry()} />}
        {metrics.isPending && !error && <LoadingOverview />}
        {metrics.data && (total?.requests ?? 0n) === 0n && (
          <EmptyState icon={Activity} title={`No calls in the last ${ranges[range].label}`}>
            <p>Send one, and it appears here within seconds.</p>
            <CurlExample />
          </EmptyState>
        )}
        {metrics.data && total !== undefined && total.requests > 0n && (
          <>
            <OverviewStats total={total} usage={usage.data?.usage.total} seconds={ranges[range].seconds} />
            <OverviewCharts metrics={metrics.data} usage={usage.data} />
            <ModelTable metrics={metrics.data.metrics} usage={usage.data?.usage} />
          </>
        )}
      </div>
    </Page>
  );
}

function LoadingOverview() {
  return (
    <div className="flex flex-col gap-4" role="status" aria-label="Loading">
      <Skeleton className="h-20 rounded-lg" />
      <div className="grid gap-4 lg:grid-cols-2">
        {['a', 'b', 'c', 'd'].map((key) => (
          <Skeleton key={key} className="h-56 rounded-lg" />
        ))}
      </div>
    </div>
  );
}
