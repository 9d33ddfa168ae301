import { type Change, Change_Kind as Kind } from '@llmops/contracts/data/v1/dataset';
import { Badge, type Tone } from '@llmops/ui';
import { useState } from 'react';
import { type ChangedCell, changedCells } from './change-cells.ts';

const looks: Record<Kind, { tone: Tone; text: string }> = {
  [Kind.UNSPECIFIED]: { tone: 'neutral', text: 'Same' },
  [Kind.ADDED]: { tone: 'success', text: 'Added' },
  [Kind.REMOVED]: { tone: 'danger', text: 'Removed' },
  [Kind.CHANGED]: { tone: 'warning', text: 'Changed' },
};

/** One row that is not as it was. Of a changed one the columns that differ, the rest when asked for. */
export function ChangeView({ change }: { change: Change }) {
  const [all, setAll] = useState(false);
  const cells = changedCells(change.beforeJson, change.afterJson);
  const same = cells.filter(({ changed }) => !changed).length;
  const { tone, text } = looks[change.kind];
  return (
    <li className="flex min-w-0 flex-col gap-2 px-4 py-3">
      <p className="flex min-w-0 items-center gap-2">
        <Badge tone={tone}>{text}</Badge>
        <span className="truncate font-mono text-xs text-faint" title={change.rowId}>
          {change.rowId}
        </span>
        {same > 0 && (
          <button
            type="button"
            className="ml-auto shrink-0 text-xs text-accent hover:underline"
            onClick={() => setAll(!all)}
          >
            {all ? 'Only what differs' : `${same} columns the same`}
          </button>
        )}
      </p>
      <dl className="grid min-w-0 gap-x-4 gap-y-1.5 sm:grid-cols-[minmax(6rem,10rem)_minmax(0,1fr)]">
        {cells
          .filter(({ changed }) => changed || all)
          .map((cell) => (
            <CellView key={cell.column} cell={cell} />
          ))}
      </dl>
    </li>
  );
}

function CellView({ cell: { column, before, after, changed } }: { cell: ChangedCell }) {
  const box = 'scroll-thin block max-h-40 overflow-y-auto rounded px-2 py-1 break-words whitespace-pre-wrap';
  return (
    <>
      <dt className="truncate pt-1 text-xs text-muted" title={column}>
        {column}
      </dt>
      <dd className="flex min-w-0 flex-col gap-1">
        {changed && before !== undefined && (
          <del className={`${box} bg-danger-soft no-underline`}>{before || 'empty'}</del>
        )}
        {changed && after !== undefined && (
          <ins className={`${box} bg-success-soft no-underline`}>{after || 'empty'}</ins>
        )}
        {!changed && <span className={`${box} text-muted`}>{after}</span>}
      </dd>
    </>
  );
}
