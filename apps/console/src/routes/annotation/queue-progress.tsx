import type { AnnotationQueue } from '@llmops/contracts/data/v1/annotation';
import { ProgressBar } from '@llmops/ui';
import { formatCount } from '../../format/quantity.ts';

export const totalOf = ({ pendingCount, disputedCount, doneCount, skippedCount }: AnnotationQueue): bigint =>
  pendingCount + disputedCount + doneCount + skippedCount;

/** How much of a queue is done. */
export function QueueProgress({ queue }: { queue: AnnotationQueue }) {
  const total = totalOf(queue);
  if (total === 0n) return <span className="text-faint">No items</span>;
  const done = queue.doneCount + queue.skippedCount;
  return (
    <span className="flex min-w-0 flex-1 items-center gap-2">
      <span className="w-20 min-w-0 flex-1">
        <ProgressBar value={Number(done) / Number(total)} label={`${queue.displayName} progress`} />
      </span>
      <span className="text-xs whitespace-nowrap text-muted tabular-nums">
        {formatCount(done)} of {formatCount(total)}
      </span>
    </span>
  );
}
