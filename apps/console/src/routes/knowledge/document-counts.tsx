import type { DocumentCounts } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { Status } from '@llmops/ui';
import { formatCount } from '../../format/quantity.ts';

/** How many documents are searchable, on their way, failed; what there is none of is left out. */
export function DocumentCountsLine({ counts }: { counts: DocumentCounts | undefined }) {
  if (!counts || counts.total === 0n) return <span className="text-faint">None</span>;
  return (
    <span className="flex flex-wrap justify-end gap-x-3 tabular-nums @2xl:justify-start">
      {counts.indexed > 0n && <Status tone="success">{formatCount(counts.indexed)} searchable</Status>}
      {counts.pending > 0n && (
        <Status tone="accent" pulse>
          {formatCount(counts.pending)} in work
        </Status>
      )}
      {counts.failed > 0n && <Status tone="danger">{formatCount(counts.failed)} failed</Status>}
    </span>
  );
}
