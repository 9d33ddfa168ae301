import type { SpanLabels } from '@llmops/contracts/data/v1/annotation';
import { Button, cx } from '@llmops/ui';
import { X } from 'lucide-react';
import { useRef, useState } from 'react';
import { Key } from './key.tsx';
import { type LabelDraft, shortcutOf, valueOfKey } from './label-draft.ts';
import { selectionWithin } from './selection-within.ts';
import { addMark, segmentsOf } from './span-marks.ts';
import { useKeys } from './use-keys.ts';

interface SpanProps {
  labels: SpanLabels;
  text: string;
  draft: LabelDraft;
  onChange: (draft: LabelDraft) => void;
}

/** Marks tell values apart by a line below as well as by colour. */
const looks = [
  'bg-accent-soft decoration-accent',
  'bg-success-soft decoration-success',
  'bg-warning-soft decoration-warning',
  'bg-danger-soft decoration-danger',
];
const lookOf = (values: readonly string[], value: string): string =>
  looks[Math.max(values.indexOf(value), 0) % looks.length]!;

/** The text; what is selected in it gets the value whose key or button is pressed. */
export function SpanContent({ labels: { values }, text, draft, onChange }: SpanProps) {
  const box = useRef<HTMLParagraphElement>(null);
  const [hint, setHint] = useState(false);
  const mark = (value: string) => {
    const selection = box.current && selectionWithin(box.current);
    if (!selection) return setHint(true);
    setHint(false);
    onChange({ ...draft, spans: addMark(draft.spans, text, { ...selection, value }) });
    window.getSelection()?.removeAllRanges();
  };
  useKeys((key) => {
    const value = valueOfKey(values, key);
    if (value !== undefined) mark(value);
    return value !== undefined;
  });
  return (
    <div className="mt-3 flex min-w-0 flex-col gap-3 first:mt-0">
      <div className="flex flex-wrap gap-1.5">
        {values.map((value, at) => (
          <Button
            key={value}
            size="sm"
            aria-keyshortcuts={shortcutOf(at)}
            // The selection must outlive the press.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => mark(value)}
          >
            <span className={cx('rounded px-1 underline decoration-2 underline-offset-2', lookOf(values, value))}>
              {value}
            </span>
            {shortcutOf(at) && <Key>{shortcutOf(at)!}</Key>}
          </Button>
        ))}
      </div>
      {hint && <p className="text-xs text-warning">Select a part of the text first.</p>}
      <p
        ref={box}
        data-spans
        // biome-ignore lint/a11y/noNoninteractiveTabindex: text is selected here by keyboard with caret browsing
        tabIndex={0}
        className="text-base leading-7 break-words whitespace-pre-wrap"
      >
        {segmentsOf(text, draft.spans).map((segment) =>
          segment.values.length === 0 ? (
            segment.text
          ) : (
            <mark
              key={segment.start}
              title={segment.values.join(', ')}
              className={cx(
                'rounded-sm text-ink underline decoration-2 underline-offset-4',
                lookOf(values, segment.values.at(-1)!),
              )}
            >
              {segment.text}
            </mark>
          ),
        )}
      </p>
    </div>
  );
}

/** The marks so far. */
export function SpanAnswer({ labels: { values }, text, draft, onChange }: SpanProps) {
  if (draft.spans.length === 0)
    return <p className="text-muted">Select text, then press a value's key. No marks is an answer too.</p>;
  return (
    <ul aria-label="Marks" className="flex flex-col gap-1">
      {draft.spans.map((span) => (
        <li key={`${span.start} ${span.end} ${span.value}`} className="flex min-w-0 items-center gap-2">
          <span className={cx('shrink-0 rounded px-1 underline decoration-2', lookOf(values, span.value))}>
            {span.value}
          </span>
          <span className="min-w-0 flex-1 truncate">{text.slice(span.start, span.end)}</span>
          <Button
            size="sm"
            variant="ghost"
            icon
            aria-label={`Remove ${span.value} ${text.slice(span.start, span.end)}`}
            onClick={() => onChange({ ...draft, spans: draft.spans.filter((each) => each !== span) })}
          >
            <X className="size-3.5" aria-hidden />
          </Button>
        </li>
      ))}
    </ul>
  );
}
