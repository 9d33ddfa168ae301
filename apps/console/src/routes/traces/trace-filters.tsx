import { Button, Input, Select } from '@llmops/ui';
import { useQuery } from '@tanstack/react-query';
import { Search, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { chatModelsQuery } from '../../api/served-models.ts';
import { isRange, rangeOptions } from '../overview/ranges.ts';
import { hasFilters, type StatusFilter, type TraceSearch } from './trace-search.ts';

interface TraceFiltersProps {
  project: string;
  search: TraceSearch;
  onChange: (search: TraceSearch) => void;
}

const durations = [100, 500, 1_000, 5_000, 10_000, 30_000];

export function TraceFilters({ project, search, onChange }: TraceFiltersProps) {
  const models = useQuery(chatModelsQuery(project)).data ?? [];
  const modelIds = [...new Set([...models.map((model) => model.id), ...(search.model ? [search.model] : [])])];
  const durationSteps = [...new Set([...durations, ...(search.minMs ? [search.minMs] : [])])].sort((a, b) => a - b);
  const set = (change: { [K in keyof TraceSearch]: TraceSearch[K] | undefined }) =>
    onChange(withoutUnset({ ...search, ...change }));
  return (
    <search aria-label="Filter traces" className="flex flex-wrap items-center gap-2">
      <QueryInput value={search.q ?? ''} onChange={(q) => set({ q })} />
      <Select
        aria-label="Time range"
        value={search.range ?? ''}
        onChange={(event) => set({ range: isRange(event.target.value) ? event.target.value : undefined })}
      >
        <option value="">Any time</option>
        {rangeOptions.map((option) => (
          <option key={option.value} value={option.value}>
            Last {option.label}
          </option>
        ))}
      </Select>
      <Select
        aria-label="Status"
        value={search.status ?? ''}
        onChange={(event) => set({ status: (event.target.value || undefined) as StatusFilter | undefined })}
      >
        <option value="">Any status</option>
        <option value="ok">OK</option>
        <option value="error">Error</option>
        <option value="cancelled">Cancelled</option>
      </Select>
      <Select
        aria-label="Model"
        className="max-w-48"
        value={search.model ?? ''}
        onChange={(event) => set({ model: event.target.value })}
      >
        <option value="">Any model</option>
        {modelIds.map((id) => (
          <option key={id} value={id}>
            {id}
          </option>
        ))}
      </Select>
      <Select
        aria-label="Least duration"
        value={search.minMs ?? ''}
        onChange={(event) => set({ minMs: Number(event.target.value) || undefined })}
      >
        <option value="">Any duration</option>
        {durationSteps.map((ms) => (
          <option key={ms} value={ms}>
            ≥ {ms < 1000 ? `${ms} ms` : `${ms / 1000} s`}
          </option>
        ))}
      </Select>
      {search.session && (
        <Button
          onClick={() => set({ session: undefined })}
          aria-label={`Remove the filter on session ${search.session}`}
        >
          <span className="max-w-40 truncate">Session {search.session}</span>
          <X className="size-3.5" />
        </Button>
      )}
      {hasFilters(search) && (
        <Button variant="ghost" onClick={() => onChange({})}>
          Clear
        </Button>
      )}
    </search>
  );
}

function QueryInput({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  // Asked for only when the typing rests, so that a word is one request and one step of history.
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), 300);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <span className="relative w-full sm:w-64">
      <Search
        className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-faint"
        aria-hidden
      />
      <Input
        data-search
        type="search"
        className="pl-8"
        placeholder="Search input and output"
        aria-label="Search input and output"
        aria-keyshortcuts="/"
        maxLength={500}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <kbd className="pointer-events-none absolute top-1/2 right-2 hidden -translate-y-1/2 rounded border border-line bg-sunken px-1 font-mono text-2xs text-faint sm:block">
        /
      </kbd>
    </span>
  );
}

function withoutUnset(search: { [K in keyof TraceSearch]: TraceSearch[K] | undefined }): TraceSearch {
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined && value !== ''),
  ) as TraceSearch;
}
