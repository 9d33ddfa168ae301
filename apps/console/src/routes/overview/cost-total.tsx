import type { UsagePoint } from '@llmops/contracts/cost/v1/cost';
import { Badge, Tooltip } from '@llmops/ui';
import { formatCost } from '../../format/cost.ts';
import { formatCount } from '../../format/quantity.ts';

/** A sum of costs: a lower bound while calls without a price are in it, free when all were known to cost nothing. */
export function CostTotal({ point }: { point: UsagePoint | undefined }) {
  if (point === undefined) return '–';
  const incomplete = point.unpricedCalls > 0n;
  if (point.costNanoUsd === 0n && !incomplete && point.calls > 0n) return <Badge tone="success">Free</Badge>;
  if (!incomplete) return formatCost(point.costNanoUsd);
  const hint = `${formatCount(point.unpricedCalls)} of ${formatCount(point.calls)} calls have no known price: this is a lower bound.`;
  return (
    <Tooltip content={hint}>
      <button type="button" aria-label={`${formatCost(point.costNanoUsd)} or more. ${hint}`}>
        {point.costNanoUsd === 0n ? <Badge tone="warning">No price</Badge> : `≥ ${formatCost(point.costNanoUsd)}`}
      </button>
    </Tooltip>
  );
}
