import { Button, Select } from '@llmops/ui';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { chatModelsQuery } from '../../api/served-models.ts';
import { SearchInput } from '../../shell/search-input.tsx';
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
      <SearchInput label="Search input and output" value={search.q ?? ''} onChange={(q) => set({ q })} />
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

function withoutUnset(search: { [K in keyof TraceSearch]: TraceSearch[K] | undefined }): TraceSearch {
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined && value !== ''),
  ) as TraceSearch;
}
