import type { AnnotationItem, LabelDefinition } from '@llmops/contracts/data/v1/annotation';
import { Textarea } from '@llmops/ui';
import { CategoryAnswer } from './category-answer.tsx';
import { type LabelDraft, textOf } from './label-draft.ts';
import { PairwiseContent, TieAnswer } from './pairwise-editor.tsx';
import { SpanAnswer, SpanContent } from './span-editor.tsx';

export interface LabelEditorProps {
  schema: LabelDefinition;
  item: AnnotationItem;
  draft: LabelDraft;
  onChange: (draft: LabelDraft) => void;
}

/** The part of the answer that is made in the item's own text, or the part beside it. */
export function LabelEditor({ part, ...props }: LabelEditorProps & { part: 'content' | 'answer' }) {
  const { kind } = props.schema;
  const { draft, onChange, item } = props;
  switch (kind.case) {
    case 'categories':
      return part === 'answer' ? <CategoryAnswer labels={kind.value} draft={draft} onChange={onChange} /> : null;
    case 'spans':
      return part === 'content' ? (
        <SpanContent
          labels={kind.value}
          text={textOf(item, kind.value.field || 'text')}
          draft={draft}
          onChange={onChange}
        />
      ) : (
        <SpanAnswer
          labels={kind.value}
          text={textOf(item, kind.value.field || 'text')}
          draft={draft}
          onChange={onChange}
        />
      );
    case 'pairwise':
      return part === 'content' ? (
        <PairwiseContent labels={kind.value} item={item} draft={draft} onChange={onChange} />
      ) : (
        <TieAnswer labels={kind.value} item={item} draft={draft} onChange={onChange} />
      );
    case 'correction':
      return part === 'content' ? (
        <OriginalText label={kind.value.field || 'output'} text={textOf(item, kind.value.field || 'output')} />
      ) : (
        <TextAnswer label="Corrected output" rows={10} draft={draft} onChange={onChange} maxLength={100_000} />
      );
    case 'text':
      return part === 'answer' ? (
        <TextAnswer
          label="Text"
          rows={5}
          draft={draft}
          onChange={onChange}
          maxLength={kind.value.maxLength || 100_000}
        />
      ) : null;
    default:
      return null;
  }
}

const OriginalText = ({ label, text }: { label: string; text: string }) => (
  <div className="mt-3 min-w-0 first:mt-0">
    <p className="text-xs font-medium text-muted">{label}</p>
    <p className="mt-0.5 text-base break-words whitespace-pre-wrap">{text}</p>
  </div>
);

interface TextAnswerProps extends Pick<LabelEditorProps, 'draft' | 'onChange'> {
  label: string;
  rows: number;
  maxLength: number;
}

const TextAnswer = ({ label, rows, maxLength, draft, onChange }: TextAnswerProps) => (
  <Textarea
    aria-label={label}
    rows={rows}
    maxLength={maxLength}
    value={draft.text}
    onChange={(event) => onChange({ ...draft, text: event.target.value })}
  />
);
