import type { UsagePoint } from '@llmops/contracts/cost/v1/cost';
import { Badge } from '@llmops/ui';
import { formatCost } from '../../format/cost.ts';

/** A sum of costs: a lower bound while calls without a price are in it, free when all were known to cost nothing. */
export function CostTotal({ point }: { point: UsagePoint | undefined }) {
  if (point === undefined) return '–';
  const incomplete = point.unpricedCalls > 0n;
  if (point.costNanoUsd === 0n && !incomplete && point.calls > 0n) return <Badge tone="success">Free</Badge>;
  if (point.costNanoUsd === 0n && incomplete) return <Badge tone="warning">No price</Badge>;
  return <>{incomplete ? `≥ ${formatCost(point.costNanoUsd)}` : formatCost(point.costNanoUsd)}</>;
}
