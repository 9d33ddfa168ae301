import { Checkbox, Field, Input, Select, Textarea } from '@llmops/ui';
import { type LabelSchemaForm, labelKindNames, labelKinds } from './label-kinds.ts';

interface SchemaFieldsProps {
  form: LabelSchemaForm;
  onChange: (form: LabelSchemaForm) => void;
}

/** What annotators are asked for. */
export function SchemaFields({ form, onChange }: SchemaFieldsProps) {
  const { kind } = form;
  const set = (change: Partial<LabelSchemaForm>) => onChange({ ...form, ...change });
  return (
    <>
      <Field label="Asks for" hint={labelKinds[kind].hint}>
        {(aria) => (
          <Select
            {...aria}
            className="w-full"
            value={kind}
            onChange={(event) => set({ kind: labelKindNames.find((name) => name === event.target.value) ?? kind })}
          >
            {labelKindNames.map((name) => (
              <option key={name} value={name}>
                {labelKinds[name].label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {(kind === 'categories' || kind === 'spans') && (
        <Field label="Values" hint="One a line. The keys 1 to 9 choose the first nine.">
          {(aria) => (
            <Textarea
              {...aria}
              required
              rows={3}
              value={form.values}
              onChange={(event) => set({ values: event.target.value })}
            />
          )}
        </Field>
      )}
      {kind === 'categories' && (
        <div className="flex flex-wrap gap-x-6 gap-y-1.5">
          <Checkbox checked={form.multiple} onChange={(event) => set({ multiple: event.target.checked })}>
            Several may hold
          </Checkbox>
          <Checkbox checked={form.ordinal} onChange={(event) => set({ ordinal: event.target.checked })}>
            In order, as grades
          </Checkbox>
        </div>
      )}
      {kind === 'spans' && (
        <NameField label="Text field" placeholder="text" value={form.field} onChange={(field) => set({ field })} />
      )}
      {kind === 'correction' && (
        <NameField label="Field" placeholder="output" value={form.field} onChange={(field) => set({ field })} />
      )}
      {kind === 'pairwise' && (
        <>
          <div className="grid grid-cols-2 gap-4">
            <NameField
              label="First field"
              placeholder="a"
              value={form.leftField}
              onChange={(leftField) => set({ leftField })}
            />
            <NameField
              label="Second field"
              placeholder="b"
              value={form.rightField}
              onChange={(rightField) => set({ rightField })}
            />
          </div>
          <Checkbox checked={form.allowTie} onChange={(event) => set({ allowTie: event.target.checked })}>
            Neither may be better
          </Checkbox>
        </>
      )}
      {kind === 'text' && (
        <NameField
          label="Characters at most"
          placeholder="no limit"
          value={form.maxLength}
          onChange={(maxLength) => set({ maxLength })}
        />
      )}
    </>
  );
}

interface NameFieldProps {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
}

function NameField({ label, placeholder, value, onChange }: NameFieldProps) {
  return (
    <Field label={label}>
      {(aria) => (
        <Input
          {...aria}
          placeholder={placeholder}
          maxLength={200}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
