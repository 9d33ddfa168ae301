import type { AnnotationItem, AnnotationQueue } from '@llmops/contracts/data/v1/annotation';
import { useCurrentUser } from '../../api/current-user.ts';
import { labelSummary } from './label-draft.ts';

/** Who said what of an item. */
export function GivenLabels({ queue: { schema }, item }: { queue: AnnotationQueue; item: AnnotationItem }) {
  const user = useCurrentUser();
  if (!schema || item.annotations.length === 0) return null;
  return (
    <ul aria-label="Labels given" className="flex flex-col gap-1.5">
      {item.annotations.map(({ annotator, label, durationMs }) => (
        <li key={annotator} className="flex min-w-0 flex-wrap gap-x-3 rounded-md bg-sunken px-3 py-1.5">
          <span className="w-28 truncate text-xs leading-5 text-muted" title={annotator}>
            {annotator === user.id ? 'You' : annotator}
          </span>
          <span className="min-w-0 flex-1 break-words">{labelSummary(schema, label)}</span>
          {durationMs > 0n && (
            <span className="text-xs leading-5 text-faint tabular-nums">
              {Math.max(1, Math.round(Number(durationMs) / 1000))} s
            </span>
          )}
          {label?.comment && <span className="w-full text-xs break-words text-muted">{label.comment}</span>}
        </li>
      ))}
    </ul>
  );
}
