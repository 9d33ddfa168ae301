import { Condition_Operator as Operator } from '@llmops/contracts/retrieval/v1/search';
import { Button, Field, Input, Segmented, Select, Textarea } from '@llmops/ui';
import { Plus, X } from 'lucide-react';
import { emptyRow, type FilterRow, filterOfRows, jsonOfFilter, operatorNames } from './filter.ts';
import type { SearchForm } from './search-form-state.ts';

type FilterPart = Pick<SearchForm, 'filterMode' | 'filterRows' | 'filterJson'>;

interface FilterBuilderProps {
  form: FilterPart;
  onChange: (change: Partial<FilterPart>) => void;
  /** What the JSON or the API says. */
  error: string | undefined;
}

const modes = [
  { value: 'all', label: 'All of' },
  { value: 'any', label: 'Any of' },
  { value: 'json', label: 'JSON' },
] as const;

const ownKeys = ['$uri', '$source', '$media_type', '$document', '$language'];

/** Conditions on metadata, row by row, or the whole filter as JSON. */
export function FilterBuilder({ form: { filterMode, filterRows, filterJson }, onChange, error }: FilterBuilderProps) {
  const rows = filterRows.length > 0 ? filterRows : [emptyRow];
  const setRow = (index: number, change: Partial<FilterRow>) =>
    onChange({ filterRows: rows.map((row, at) => (at === index ? { ...row, ...change } : row)) });
  const setMode = (mode: FilterPart['filterMode']) =>
    onChange({
      filterMode: mode,
      // What was built goes on as text.
      ...(mode === 'json' && filterMode !== 'json' && { filterJson: jsonOfFilter(filterOfRows(rows, filterMode)) }),
    });
  return (
    <div className="flex flex-col gap-2">
      <span className="flex items-center justify-between gap-2">
        <span className="text-xs font-medium text-muted">Filter</span>
        <Segmented label="Filter by" options={modes} value={filterMode} onChange={setMode} />
      </span>
      {filterMode === 'json' ? (
        <Field label="Filter as JSON" error={error}>
          {(aria) => (
            <Textarea
              {...aria}
              rows={6}
              spellCheck={false}
              className="font-mono text-xs"
              placeholder='{"condition": {"key": "team", "operator": "OPERATOR_EQ", "value": "hr"}}'
              value={filterJson}
              onChange={(event) => onChange({ filterJson: event.target.value })}
            />
          )}
        </Field>
      ) : (
        <>
          {rows.map((row, index) => (
            <FilterRowFields
              key={index}
              row={row}
              number={index + 1}
              onChange={(change) => setRow(index, change)}
              onRemove={() => onChange({ filterRows: rows.filter((_, at) => at !== index) })}
            />
          ))}
          {error && <p className="text-xs text-danger">{error}</p>}
          <Button
            variant="ghost"
            size="sm"
            className="self-start"
            onClick={() => onChange({ filterRows: [...rows, emptyRow] })}
          >
            <Plus className="size-3.5" aria-hidden />
            Condition
          </Button>
          <datalist id="filter-keys">
            {ownKeys.map((key) => (
              <option key={key} value={key} />
            ))}
          </datalist>
        </>
      )}
    </div>
  );
}

interface FilterRowFieldsProps {
  row: FilterRow;
  number: number;
  onChange: (change: Partial<FilterRow>) => void;
  onRemove: () => void;
}

function FilterRowFields({ row, number, onChange, onRemove }: FilterRowFieldsProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-2 max-sm:border-b max-sm:border-line max-sm:pb-2 sm:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)_auto]">
      <Input
        aria-label={`Key of condition ${number}`}
        list="filter-keys"
        className="font-mono"
        placeholder="team"
        value={row.key}
        onChange={(event) => onChange({ key: event.target.value })}
      />
      <Select
        aria-label={`Operator of condition ${number}`}
        value={row.operator}
        onChange={(event) => onChange({ operator: Number(event.target.value) })}
      >
        {operatorNames.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Select>
      <Input
        aria-label={`Value of condition ${number}`}
        placeholder={row.operator === Operator.IN || row.operator === Operator.NOT_IN ? 'a, b, c' : 'value'}
        disabled={row.operator === Operator.EXISTS}
        value={row.value}
        onChange={(event) => onChange({ value: event.target.value })}
      />
      <Button variant="ghost" icon aria-label={`Remove condition ${number}`} onClick={onRemove}>
        <X className="size-3.5" aria-hidden />
      </Button>
    </div>
  );
}
