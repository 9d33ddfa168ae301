import type { CategoryLabels } from '@llmops/contracts/data/v1/annotation';
import { cx } from '@llmops/ui';
import { Key } from './key.tsx';
import { type LabelDraft, shortcutOf, toggleCategory, valueOfKey } from './label-draft.ts';
import { useKeys } from './use-keys.ts';

interface CategoryAnswerProps {
  labels: CategoryLabels;
  draft: LabelDraft;
  onChange: (draft: LabelDraft) => void;
}

export function CategoryAnswer({ labels: { values, multiple }, draft, onChange }: CategoryAnswerProps) {
  const choose = (value: string) => onChange(toggleCategory(draft, value, multiple));
  useKeys((key) => {
    const value = valueOfKey(values, key);
    if (value !== undefined) choose(value);
    return value !== undefined;
  });
  return (
    <ul className="flex flex-col gap-1.5" aria-label="Categories">
      {values.map((value, at) => {
        const chosen = draft.categories.includes(value);
        const shortcut = shortcutOf(at);
        return (
          <li key={value}>
            <button
              type="button"
              aria-pressed={chosen}
              aria-keyshortcuts={shortcut}
              onClick={() => choose(value)}
              className={cx(
                'flex min-h-9 w-full items-center gap-3 rounded-md border px-3 py-1.5 text-left font-medium',
                chosen ? 'border-accent bg-accent-soft text-accent' : 'border-line hover:bg-hover',
              )}
            >
              <span className="min-w-0 flex-1 break-words">{value}</span>
              {shortcut && <Key>{shortcut}</Key>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
