import type { UsagePoint } from '@llmops/contracts/cost/v1/cost';
import type { MetricPoint } from '@llmops/contracts/observability/v1/trace';
import { Stat, StatRow } from '@llmops/ui';
import { formatDurationOrDash } from '../../format/duration.ts';
import { formatCount, formatShare } from '../../format/quantity.ts';
import { CostTotal } from './cost-total.tsx';

interface OverviewStatsProps {
  total: MetricPoint;
  usage: UsagePoint | undefined;
  /** Width of the range, for the rate. */
  seconds: number;
}

export function OverviewStats({ total, usage, seconds }: OverviewStatsProps) {
  const perMinute = (Number(total.requests) / seconds) * 60;
  return (
    <StatRow>
      <Stat label="Requests" value={formatCount(total.requests)} note={`${rateText(perMinute)} per minute`} />
      <Stat
        label="Errors"
        value={formatShare(total.errors, total.requests)}
        note={`${formatCount(total.errors)} failed, ${formatCount(total.cancelled)} cancelled`}
      />
      <Stat
        label="Tokens"
        value={formatCount(total.inputTokens + total.outputTokens)}
        note={`${formatCount(total.inputTokens)} in, ${formatCount(total.outputTokens)} out`}
      />
      <Stat
        label="Cost"
        value={<CostTotal point={usage} />}
        note={
          usage && usage.unpricedCalls > 0n
            ? `incomplete: ${formatCount(usage.unpricedCalls)} calls without a price`
            : 'all calls priced'
        }
      />
      <Stat
        label="Latency p50"
        value={formatDurationOrDash(total.durationP50Ms)}
        note={`p95 ${formatDurationOrDash(total.durationP95Ms)}`}
      />
      <Stat
        label="First token p50"
        value={formatDurationOrDash(total.timeToFirstTokenP50Ms)}
        note={`p95 ${formatDurationOrDash(total.timeToFirstTokenP95Ms)}`}
      />
    </StatRow>
  );
}

function rateText(perMinute: number): string {
  return perMinute >= 10 ? formatCount(perMinute) : perMinute.toFixed(perMinute < 1 ? 2 : 1);
}
