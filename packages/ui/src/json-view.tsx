import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { cx } from './cx.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

interface JsonViewProps {
  value: Json;
  name?: string | undefined;
  /** Levels open at first. */
  open?: number;
}

/** A JSON value as a tree that folds. Long strings and lists are cut until asked for. */
export function JsonView({ value, name, open = 2 }: JsonViewProps) {
  if (typeof value === 'object' && value !== null) return <Branch value={value} name={name} open={open} />;
  return (
    <div className="flex gap-1.5 py-px pl-4 font-mono text-xs">
      {name !== undefined && <Name text={name} />}
      <Leaf value={value} />
    </div>
  );
}

const pageSize = 100;

function Branch({
  value,
  name,
  open,
}: {
  value: Json[] | { [key: string]: Json };
  name: string | undefined;
  open: number;
}) {
  const [isOpen, setOpen] = useState(open > 0);
  const [shown, setShown] = useState(pageSize);
  const entries = Object.entries(value);
  const [left, right] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return (
    <div className="font-mono text-xs">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex items-center gap-1 rounded py-px pr-1 hover:bg-hover"
      >
        <ChevronRight className={cx('size-3 text-faint transition-transform', isOpen && 'rotate-90')} aria-hidden />
        {name !== undefined && <Name text={name} />}
        <span className="text-faint">
          {left}
          {!isOpen && `${entries.length}`}
          {!isOpen && right}
        </span>
      </button>
      {isOpen && (
        <div className="ml-1.5 border-l border-line pl-1.5">
          {entries.slice(0, shown).map(([key, entry]) => (
            <JsonView key={key} name={key} value={entry} open={open - 1} />
          ))}
          {entries.length > shown && (
            <button
              type="button"
              className="pl-4 text-accent hover:underline"
              onClick={() => setShown(shown + pageSize)}
            >
              {entries.length - shown} more
            </button>
          )}
        </div>
      )}
    </div>
  );
}

function Name({ text }: { text: string }) {
  return <span className="shrink-0 text-muted">{text}:</span>;
}

function Leaf({ value }: { value: null | boolean | number | string }) {
  const [all, setAll] = useState(false);
  if (typeof value !== 'string') return <span className="text-accent tabular-nums">{String(value)}</span>;
  const cut = !all && value.length > 400;
  return (
    <span className="min-w-0 whitespace-pre-wrap break-words text-success">
      {cut ? value.slice(0, 400) : value}
      {cut && (
        <button type="button" className="ml-1 text-accent hover:underline" onClick={() => setAll(true)}>
          … {value.length - 400} more characters
        </button>
      )}
    </span>
  );
}
