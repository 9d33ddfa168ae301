import type { AnnotationItem, Label, LabelDefinition } from '@llmops/contracts/data/v1/annotation';
import { Button, Card, Input } from '@llmops/ui';
import { useState } from 'react';
import { ItemContent } from './item-content.tsx';
import { Key } from './key.tsx';
import { emptyDraft, isComplete, labelOf } from './label-draft.ts';
import { LabelEditor } from './label-editor.tsx';
import { useKeys } from './use-keys.ts';

interface LabelItemProps {
  schema: LabelDefinition;
  instructions?: string;
  item: AnnotationItem;
  busy: boolean;
  /** Of the button: `Submit`, `Decide`. */
  action: string;
  error: Error | null;
  onSubmit: (label: Label) => void;
  onSkip?: () => void;
}

/** An item, what is asked of it, and the answer being made. */
export function LabelItem({ schema, instructions, item, busy, action, error, onSubmit, onSkip }: LabelItemProps) {
  const [draft, setDraft] = useState(() => emptyDraft(schema, item));
  const ready = isComplete(schema, draft) && !busy;
  const submit = () => {
    if (ready) onSubmit(labelOf(schema, draft));
  };
  useKeys((key) => {
    if (key === 'Enter') submit();
    else if (key === 's' && onSkip && !busy) onSkip();
    else return false;
    return true;
  });
  return (
    <div className="grid min-w-0 items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <Card>
        <ItemContent item={item} without={shownFields(schema)} />
        <LabelEditor part="content" schema={schema} item={item} draft={draft} onChange={setDraft} />
      </Card>
      <Card title="Label">
        <div className="flex min-w-0 flex-col gap-4">
          {instructions && <p className="break-words whitespace-pre-wrap text-muted">{instructions}</p>}
          <LabelEditor part="answer" schema={schema} item={item} draft={draft} onChange={setDraft} />
          <Input
            aria-label="Comment"
            placeholder="Comment"
            maxLength={4000}
            value={draft.comment}
            onChange={(event) => setDraft({ ...draft, comment: event.target.value })}
          />
          {error && (
            <p role="alert" className="break-words text-danger">
              {error.message}
            </p>
          )}
          <div className="flex items-center justify-end gap-2">
            {onSkip && (
              <Button disabled={busy} aria-keyshortcuts="s" onClick={onSkip}>
                Skip <Key>S</Key>
              </Button>
            )}
            <Button variant="primary" disabled={!ready} busy={busy} aria-keyshortcuts="Enter" onClick={submit}>
              {action} <Key>↵</Key>
            </Button>
          </div>
        </div>
      </Card>
    </div>
  );
}

/** Fields of the item that its editor shows itself. */
function shownFields({ kind }: LabelDefinition): string[] {
  switch (kind.case) {
    case 'spans':
      return [kind.value.field || 'text'];
    case 'pairwise':
      return [kind.value.leftField || 'a', kind.value.rightField || 'b'];
    case 'correction':
      return [kind.value.field || 'output'];
    default:
      return [];
  }
}
