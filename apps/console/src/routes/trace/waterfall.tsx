import { Call_Status } from '@llmops/contracts/gateway/v1/call';
import { cx } from '@llmops/ui';
import type { KeyboardEvent } from 'react';
import { useState } from 'react';
import { formatDuration } from '../../format/duration.ts';
import type { SpanRow } from './span-tree.ts';

interface WaterfallProps {
  rows: SpanRow[];
  selected: string;
  onSelect: (spanId: string) => void;
}

const firstRows = 300;

/** Spans as a tree with bars on the trace's time. One tab stop; arrows move and select. */
export function Waterfall({ rows, selected, onSelect }: WaterfallProps) {
  const [shown, setShown] = useState(firstRows);
  return (
    <div role="tree" aria-label="Spans" className="scroll-thin max-h-[70vh] overflow-y-auto py-1">
      {rows.slice(0, shown).map((row) => (
        <SpanLine
          key={row.span.spanId}
          row={row}
          isSelected={row.span.spanId === selected}
          onSelect={() => onSelect(row.span.spanId)}
        />
      ))}
      {rows.length > shown && (
        <button
          type="button"
          className="w-full px-4 py-2 text-left text-accent hover:underline"
          onClick={() => setShown(shown * 4)}
        >
          Show {rows.length - shown} more spans
        </button>
      )}
    </div>
  );
}

function SpanLine({ row, isSelected, onSelect }: { row: SpanRow; isSelected: boolean; onSelect: () => void }) {
  const { span, depth, left, width } = row;
  const failed = span.status === Call_Status.ERROR;
  return (
    <div
      role="treeitem"
      aria-level={depth + 1}
      aria-selected={isSelected}
      tabIndex={isSelected ? 0 : -1}
      onClick={onSelect}
      onKeyDown={(event) => onLineKey(event, onSelect)}
      className={cx(
        'relative grid cursor-pointer grid-cols-[minmax(0,11fr)_minmax(0,9fr)_auto] items-center gap-3 py-1.5 pr-4 pl-4 focus-visible:-outline-offset-2',
        isSelected ? 'bg-accent-soft' : 'hover:bg-hover/60',
      )}
    >
      <span className="flex min-w-0 items-center gap-2" style={{ paddingLeft: Math.min(depth, 12) * 14 }}>
        <span className={cx('size-1.5 shrink-0 rounded-full', barColour(span.kind, span.status))} aria-hidden />
        <span className={cx('truncate', failed && 'text-danger')} title={span.name}>
          {span.name}
        </span>
      </span>
      <span className="relative h-2 rounded-sm bg-hover" aria-hidden>
        <span
          className={cx('absolute inset-y-0 min-w-0.5 rounded-sm', barColour(span.kind, span.status))}
          style={{ left: `${Math.min(left, 0.995) * 100}%`, width: `${Math.min(width, 1 - left) * 100}%` }}
        />
      </span>
      <span className="w-16 text-right text-xs text-muted tabular-nums">{formatDuration(span.durationMs)}</span>
    </div>
  );
}

function barColour(kind: string, status: Call_Status): string {
  if (status === Call_Status.ERROR) return 'bg-danger';
  if (status === Call_Status.CANCELLED) return 'bg-warning';
  return { server: 'bg-accent', client: 'bg-chart-2' }[kind] ?? 'bg-faint';
}

function onLineKey(event: KeyboardEvent<HTMLElement>, onSelect: () => void) {
  const line = event.currentTarget;
  const target = {
    ArrowDown: line.nextElementSibling,
    ArrowUp: line.previousElementSibling,
    Home: line.parentElement?.firstElementChild,
    End: line.parentElement?.lastElementChild,
  }[event.key];
  if (event.key === 'Enter' || event.key === ' ') onSelect();
  else if (target instanceof HTMLElement) {
    target.focus();
    target.click();
  } else return;
  event.preventDefault();
}
