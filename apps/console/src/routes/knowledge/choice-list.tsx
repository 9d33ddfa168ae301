import { Checkbox } from '@llmops/ui';
import type { ReactNode } from 'react';

interface ChoiceListProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  options: readonly { value: string; label: string; hint?: string | undefined; disabled?: boolean }[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  /** Said when there is nothing to choose from. */
  none: string;
  /** No more than this many. */
  atMost?: number;
}

/** Any of several, each with a box, in the order in which they were chosen. */
export function ChoiceList({ label, hint, error, options, chosen, onChange, none, atMost = 50 }: ChoiceListProps) {
  const toggle = (value: string, on: boolean) =>
    onChange(on ? [...chosen, value] : chosen.filter((entry) => entry !== value));
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1.5 text-xs font-medium text-muted">{label}</legend>
      <div className="scroll-thin flex max-h-44 flex-col gap-1.5 overflow-y-auto rounded-md border border-line px-2.5 py-2">
        {options.length === 0 && <span className="text-faint">{none}</span>}
        {options.map((option) => (
          <Checkbox
            key={option.value}
            hint={option.hint}
            checked={chosen.includes(option.value)}
            disabled={option.disabled || (!chosen.includes(option.value) && chosen.length >= atMost)}
            onChange={(event) => toggle(option.value, event.target.checked)}
          >
            {option.label}
          </Checkbox>
        ))}
      </div>
      {(error || hint) && <p className={error ? 'text-xs text-danger' : 'text-xs text-faint'}>{error || hint}</p>}
    </fieldset>
  );
}
