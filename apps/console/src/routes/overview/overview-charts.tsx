import type { SummarizeUsageResponse } from '@llmops/contracts/cost/v1/cost';
import type { QueryMetricsResponse } from '@llmops/contracts/observability/v1/trace';
import { Card, Skeleton } from '@llmops/ui';
import { lazy, Suspense } from 'react';
import { formatCost } from '../../format/cost.ts';
import { formatDuration } from '../../format/duration.ts';
import { formatCount } from '../../format/quantity.ts';
import { fillSteps } from './fill-steps.ts';

const TimeChart = lazy(() => import('@llmops/ui/time-chart').then((module) => ({ default: module.TimeChart })));

interface Bounds {
  start: number;
  end: number;
  stepS: number;
}

interface OverviewChartsProps {
  metrics: { bounds: Bounds; metrics: QueryMetricsResponse };
  usage: { bounds: Bounds; usage: SummarizeUsageResponse } | undefined;
}

type ChartProps = Parameters<typeof TimeChart>[0];

const counted = (value: bigint | undefined) => Number(value ?? 0n);
// A step without requests has no latency: a gap in the line, not a drop to zero.
const measured = (value: number | undefined) => (value !== undefined && value > 0 ? value : null);

export function OverviewCharts({ metrics, usage }: OverviewChartsProps) {
  const { times, points } = fillSteps(metrics.metrics.points, metrics.bounds);
  const costs = usage && fillSteps(usage.usage.points, usage.bounds);
  return (
    <div className="grid min-w-0 gap-4 lg:grid-cols-2">
      <ChartCard
        title="Requests"
        times={times}
        kind="bars"
        format={formatCount}
        series={[
          {
            name: 'OK',
            color: 'accent',
            values: points.map((p) => counted(p?.requests) - counted(p?.errors) - counted(p?.cancelled)),
          },
          { name: 'Cancelled', color: 'chart-3', values: points.map((p) => counted(p?.cancelled)) },
          { name: 'Errors', color: 'danger', values: points.map((p) => counted(p?.errors)) },
        ]}
      />
      <ChartCard
        title="Latency"
        times={times}
        format={formatDuration}
        series={[
          { name: 'p95', color: 'chart-2', values: points.map((p) => measured(p?.durationP95Ms)) },
          { name: 'p50', color: 'accent', values: points.map((p) => measured(p?.durationP50Ms)) },
        ]}
      />
      <ChartCard
        title="Tokens"
        times={times}
        kind="bars"
        format={formatCount}
        series={[
          { name: 'Input', color: 'chart-2', values: points.map((p) => counted(p?.inputTokens)) },
          { name: 'Output', color: 'accent', values: points.map((p) => counted(p?.outputTokens)) },
        ]}
      />
      <ChartCard
        title="Time to first token"
        times={times}
        format={formatDuration}
        series={[
          { name: 'p95', color: 'chart-2', values: points.map((p) => measured(p?.timeToFirstTokenP95Ms)) },
          { name: 'p50', color: 'accent', values: points.map((p) => measured(p?.timeToFirstTokenP50Ms)) },
        ]}
      />
      {costs && (
        <ChartCard
          title="Cost"
          times={costs.times}
          kind="bars"
          reach={1_000_000}
          format={(nano) => formatCost(BigInt(Math.round(nano)))}
          series={[{ name: 'US dollars', color: 'accent', values: costs.points.map((p) => counted(p?.costNanoUsd)) }]}
        />
      )}
      <ChartCard
        title="Error rate"
        times={times}
        reach={10}
        format={(percent) => `${percent < 10 ? Number(percent.toFixed(1)) : Math.round(percent)}%`}
        series={[
          {
            name: 'Failed calls',
            color: 'danger',
            values: points.map((p) => (p && p.requests > 0n ? (counted(p.errors) / counted(p.requests)) * 100 : null)),
          },
        ]}
      />
    </div>
  );
}

function ChartCard({ title, ...chart }: { title: string } & Omit<ChartProps, 'label' | 'syncKey'>) {
  return (
    <Card title={title} flush>
      <div className="px-2 pt-2 pb-1">
        <Suspense fallback={<Skeleton className="h-[188px]" />}>
          <TimeChart label={`${title} over time`} syncKey="overview" {...chart} />
        </Suspense>
      </div>
    </Card>
  );
}
