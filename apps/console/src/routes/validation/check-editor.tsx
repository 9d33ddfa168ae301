import { Check_Severity as Severity } from '@llmops/contracts/data/v1/validation';
import { Button, Checkbox, Field, Input, Segmented, Select, Textarea } from '@llmops/ui';
import { Trash2 } from 'lucide-react';
import type { CheckForm } from './check-form.ts';
import { type CheckField, checkKinds } from './check-kinds.ts';

interface CheckEditorProps {
  check: CheckForm;
  onChange: (check: CheckForm) => void;
  onRemove: () => void;
}

export function CheckEditor({ check, onChange, onRemove }: CheckEditorProps) {
  const { label, hint, fields } = checkKinds[check.kind];
  return (
    <li className="flex min-w-0 flex-col gap-3 px-4 py-3" aria-label={label}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h3 className="font-semibold">{label}</h3>
        <span className="min-w-0 text-xs text-muted">{hint}</span>
        <span className="ml-auto flex items-center gap-2">
          <Segmented
            label={`${label}: when it fails`}
            value={check.severity === Severity.BLOCK ? 'block' : 'warn'}
            onChange={(value) => onChange({ ...check, severity: value === 'block' ? Severity.BLOCK : Severity.WARN })}
            options={[
              { value: 'warn', label: 'Warns' },
              { value: 'block', label: 'Blocks' },
            ]}
          />
          <Button variant="ghost" icon aria-label={`Remove ${label}`} onClick={onRemove}>
            <Trash2 className="size-3.5" aria-hidden />
          </Button>
        </span>
      </div>
      <div className="grid min-w-0 gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {fields.map((field) => (
          <ValueField
            key={field.key}
            field={field}
            value={check.values[field.key] ?? ''}
            onChange={(value) => onChange({ ...check, values: { ...check.values, [field.key]: value } })}
          />
        ))}
        <Field label="Rows that may fail, %" hint="None when empty.">
          {(aria) => (
            <Input
              {...aria}
              inputMode="decimal"
              value={check.tolerance}
              onChange={(event) => onChange({ ...check, tolerance: event.target.value })}
            />
          )}
        </Field>
        <Field label="Name" hint="Made from the kind when empty.">
          {(aria) => (
            <Input
              {...aria}
              maxLength={100}
              value={check.name}
              onChange={(event) => onChange({ ...check, name: event.target.value })}
            />
          )}
        </Field>
      </div>
    </li>
  );
}

interface ValueFieldProps {
  field: CheckField;
  value: string;
  onChange: (value: string) => void;
}

function ValueField({ field: { key, label, type, required, hint }, value, onChange }: ValueFieldProps) {
  if (type === 'boolean') {
    return (
      <Checkbox
        className="self-center"
        checked={value === 'true'}
        onChange={(event) => onChange(event.target.checked ? 'true' : '')}
      >
        {label}
      </Checkbox>
    );
  }
  if (type === 'unit') {
    return (
      <Field label={label}>
        {(aria) => (
          <Select {...aria} className="w-full" value={value} onChange={(event) => onChange(event.target.value)}>
            <option value="">Tokens</option>
            <option value="UNIT_CHARACTERS">Characters</option>
            <option value="UNIT_WORDS">Words</option>
          </Select>
        )}
      </Field>
    );
  }
  const shared = { required: required ?? false, value, spellCheck: type !== 'code' };
  return (
    <Field label={label} hint={hint} className={type === 'code' ? 'sm:col-span-2' : ''}>
      {(aria) =>
        key === 'schemaJson' ? (
          <Textarea
            {...aria}
            {...shared}
            rows={8}
            className="font-mono text-xs"
            onChange={(event) => onChange(event.target.value)}
          />
        ) : (
          <Input
            {...aria}
            {...shared}
            className={type === 'code' ? 'font-mono text-xs' : ''}
            inputMode={type === 'number' || type === 'int64' ? 'decimal' : 'text'}
            onChange={(event) => onChange(event.target.value)}
          />
        )
      }
    </Field>
  );
}
