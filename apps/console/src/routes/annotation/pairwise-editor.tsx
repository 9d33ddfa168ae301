import {
  type AnnotationItem,
  type PairwiseLabels,
  Label_Preference as Preference,
} from '@llmops/contracts/data/v1/annotation';
import { Button, cx } from '@llmops/ui';
import { Key } from './key.tsx';
import { type LabelDraft, preferenceOf, textOf } from './label-draft.ts';
import { useKeys } from './use-keys.ts';

interface PairwiseProps {
  labels: PairwiseLabels;
  item: AnnotationItem;
  draft: LabelDraft;
  onChange: (draft: LabelDraft) => void;
}

/** Two texts side by side, without their names; a click or a key says which is better. */
export function PairwiseContent({ labels, item, draft, onChange }: PairwiseProps) {
  const fields = [labels.leftField || 'a', labels.rightField || 'b'];
  const [first, second] = item.swapped ? fields.toReversed() : fields;
  const choose = (place: 'first' | 'second') => onChange({ ...draft, preference: preferenceOf(place, item.swapped) });
  useKeys((key) => {
    if (key !== '1' && key !== '2') return false;
    choose(key === '1' ? 'first' : 'second');
    return true;
  });
  const sides = [
    { place: 'first', field: first, key: '1' },
    { place: 'second', field: second, key: '2' },
  ] as const;
  return (
    <div className="mt-3 grid min-w-0 gap-3 first:mt-0 sm:grid-cols-2">
      {sides.map(({ place, field, key }) => {
        const chosen = draft.preference === preferenceOf(place, item.swapped);
        return (
          <button
            key={place}
            type="button"
            aria-pressed={chosen}
            aria-keyshortcuts={key}
            onClick={() => choose(place)}
            className={cx(
              'flex min-w-0 flex-col gap-2 rounded-md border p-3 text-left',
              chosen ? 'border-accent bg-accent-soft' : 'border-line hover:bg-hover',
            )}
          >
            <span className="flex justify-between text-xs font-medium text-muted">
              {place === 'first' ? 'First' : 'Second'} <Key>{key}</Key>
            </span>
            <span className="text-base break-words whitespace-pre-wrap">{textOf(item, field ?? '')}</span>
          </button>
        );
      })}
    </div>
  );
}

/** What the choice is, and the way to say that neither is better. */
export function TieAnswer({ labels: { allowTie }, item, draft, onChange }: PairwiseProps) {
  const tie = () => onChange({ ...draft, preference: Preference.TIE });
  useKeys((key) => {
    if (key !== '3' || !allowTie) return false;
    tie();
    return true;
  });
  return (
    <div className="flex flex-col gap-2">
      <p role="status">{choiceText(draft.preference, item.swapped)}</p>
      {allowTie && (
        <Button aria-pressed={draft.preference === Preference.TIE} aria-keyshortcuts="3" onClick={tie}>
          Neither is better <Key>3</Key>
        </Button>
      )}
    </div>
  );
}

function choiceText(preference: Preference, swapped: boolean): string {
  if (preference === Preference.UNSPECIFIED) return 'Which one is better?';
  if (preference === Preference.TIE) return 'Neither is better.';
  return preference === preferenceOf('first', swapped) ? 'The first is better.' : 'The second is better.';
}
