import { type PreviewImportResponse, RowShape } from '@llmops/contracts/data/v1/dataset';
import { Checkbox, Field, Input, Select } from '@llmops/ui';
import { fieldError } from '../../api/field-errors.ts';
import { shapeNames } from './data-names.ts';
import { type ImportForm, isTextTable } from './import-form.ts';
import { splitsProblem } from './split-rules.ts';

interface ImportFieldsProps {
  form: ImportForm;
  onChange: (form: ImportForm) => void;
  preview: PreviewImportResponse;
  error: Error | null;
}

const shapes = [
  RowShape.OPENAI_CHAT,
  RowShape.SHAREGPT,
  RowShape.ALPACA,
  RowShape.PREFERENCE,
  RowShape.QA,
  RowShape.TEXT,
];

/** What the rows shall become. */
export function ImportFields({ form, onChange, preview, error }: ImportFieldsProps) {
  const columns = preview.columns.map(({ name }) => name);
  const set = (change: Partial<ImportForm>) => onChange({ ...form, ...change });
  const toggleKey = (name: string, on: boolean) =>
    set({ keyColumns: on ? [...form.keyColumns, name] : form.keyColumns.filter((key) => key !== name) });
  return (
    <div className="grid min-w-0 gap-4 sm:grid-cols-2">
      <fieldset className="flex min-w-0 flex-col gap-1.5 sm:col-span-2">
        <legend className="mb-1.5 text-xs font-medium text-muted">Key columns</legend>
        <div className="scroll-thin flex max-h-28 flex-wrap gap-x-4 gap-y-1 overflow-y-auto">
          {columns.map((name) => (
            <Checkbox
              key={name}
              checked={form.keyColumns.includes(name)}
              onChange={(event) => toggleKey(name, event.target.checked)}
            >
              {name}
            </Checkbox>
          ))}
        </div>
        <p className="text-xs text-faint">
          {fieldError(error, 'keyColumns') ??
            'Name a row for ever, so that its changes are seen. None: its content does.'}
        </p>
      </fieldset>
      <Field label="Splits" hint="As train 80, test 20. Empty for none." error={splitsProblem(form.splits)}>
        {(aria) => <Input {...aria} value={form.splits} onChange={(event) => set({ splits: event.target.value })} />}
      </Field>
      <Field label="Convert to">
        {(aria) => (
          <Select
            {...aria}
            className="w-full"
            value={form.shape}
            onChange={(event) => set({ shape: Number(event.target.value) })}
          >
            <option value={RowShape.UNSPECIFIED}>As it is</option>
            {shapes.map((shape) => (
              <option key={shape} value={shape}>
                {shapeNames[shape]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {form.splits.trim() !== '' && (
        <>
          <ColumnField
            label="Same shares of"
            columns={columns}
            value={form.stratifyBy}
            onChange={(stratifyBy) => set({ stratifyBy })}
          />
          <ColumnField
            label="Keep together by"
            columns={columns}
            value={form.groupBy}
            onChange={(groupBy) => set({ groupBy })}
          />
        </>
      )}
      {isTextTable(preview.format) && (
        <Checkbox
          className="sm:col-span-2"
          hint="Otherwise all values stay text."
          checked={form.inferTypes}
          onChange={(event) => set({ inferTypes: event.target.checked })}
        >
          Read numbers and true/false as such
        </Checkbox>
      )}
      <Field label="Message" className="sm:col-span-2">
        {(aria) => (
          <Input
            {...aria}
            maxLength={1000}
            placeholder="What is new in this version"
            value={form.message}
            onChange={(event) => set({ message: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}

interface ColumnFieldProps {
  label: string;
  columns: string[];
  value: string;
  onChange: (column: string) => void;
}

export function ColumnField({ label, columns, value, onChange }: ColumnFieldProps) {
  return (
    <Field label={label}>
      {(aria) => (
        <Select {...aria} className="w-full" value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">No column</option>
          {columns.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
