import { Button, Input, Segmented, Select } from '@llmops/ui';
import { X } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { SearchInput } from '../../shell/search-input.tsx';
import { hasRowFilter, type VersionSearch } from './version-search.ts';
import type { VersionTabProps } from './version-tab.ts';

export function RowFilters({ version, search, onSearch }: VersionTabProps) {
  const set = useCallback(
    (change: { [K in keyof VersionSearch]: VersionSearch[K] | undefined }) =>
      onSearch(
        Object.fromEntries(
          Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined && value !== ''),
        ),
      ),
    [search, onSearch],
  );
  const onWords = useCallback((q: string) => set({ q }), [set]);
  return (
    <search aria-label="Filter rows" className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2.5">
      <SearchInput label="Words in a row" value={search.q ?? ''} onChange={onWords} />
      <WhereInput value={search.where ?? ''} onChange={(where) => set({ where })} />
      {version.splits.length > 0 && (
        <Select aria-label="Split" value={search.split ?? ''} onChange={(event) => set({ split: event.target.value })}>
          <option value="">All splits</option>
          {version.splits.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
      )}
      {search.row && (
        <Button onClick={() => set({ row: undefined })} aria-label="Remove the filter on one row">
          <span className="max-w-32 truncate font-mono text-xs">{search.row}</span>
          <X className="size-3.5" aria-hidden />
        </Button>
      )}
      {hasRowFilter(search) && (
        <Button
          variant="ghost"
          onClick={() => set({ q: undefined, where: undefined, split: undefined, row: undefined })}
        >
          Clear
        </Button>
      )}
      <span className="ml-auto">
        <Segmented
          label="View"
          value={search.view ?? 'table'}
          onChange={(view) => set({ view: view === 'json' ? view : undefined })}
          options={[
            { value: 'table', label: 'Table' },
            { value: 'json', label: 'JSON' },
          ]}
        />
      </span>
    </search>
  );
}

/** A condition is asked for with Enter: half a one is an error. */
function WhereInput({ value, onChange }: { value: string; onChange: (where: string) => void }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  return (
    <form
      className="w-full min-w-0 sm:w-80"
      onSubmit={(event) => {
        event.preventDefault();
        onChange(text.trim());
      }}
    >
      <Input
        className="font-mono text-xs"
        aria-label="SQL condition"
        placeholder="SQL condition, as score > 3 — Enter"
        maxLength={4000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => text.trim() === '' && value !== '' && onChange('')}
      />
    </form>
  );
}
