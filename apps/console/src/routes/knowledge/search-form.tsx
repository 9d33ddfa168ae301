import { type IndexVersion, IndexVersion_State } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { Button, cx, Field, Input } from '@llmops/ui';
import { ChevronRight, Search } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { FilterBuilder } from './filter-builder.tsx';
import type { SearchForm } from './search-form-state.ts';
import { SearchOptions } from './search-options.tsx';

interface SearchFormPanelProps {
  query: string;
  onQuery: (query: string) => void;
  form: SearchForm;
  onChange: (change: Partial<SearchForm>) => void;
  arms: readonly string[];
  versions: readonly IndexVersion[];
  busy: boolean;
  filterError: string | undefined;
  onSubmit: () => void;
}

export function SearchFormPanel(props: SearchFormPanelProps) {
  const { query, onQuery, form, onChange, arms, busy, filterError, onSubmit } = props;
  const versions = props.versions.filter(
    ({ state }) => state === IndexVersion_State.LIVE || state === IndexVersion_State.READY,
  );
  const [isOpen, setOpen] = useState(false);
  const filters = form.filterRows.filter(({ key }) => key !== '').length;
  const limits = [
    form.principals && 'principals',
    form.filterMode === 'json'
      ? form.filterJson && 'JSON filter'
      : filters > 0 && (filters === 1 ? 'a condition' : `${filters} conditions`),
  ].filter(Boolean);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2.5 border-b border-line px-4 py-3">
      <div className="flex gap-2">
        <span className="relative min-w-0 flex-1">
          <Search
            className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-faint"
            aria-hidden
          />
          <Input
            data-search
            type="search"
            required
            maxLength={8000}
            className="pl-8"
            aria-label="Query"
            aria-keyshortcuts="/"
            placeholder="Ask as a user would, or search for words"
            value={query}
            onChange={(event) => onQuery(event.target.value)}
          />
        </span>
        <Button type="submit" variant="primary" busy={busy}>
          Search
        </Button>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <SearchOptions form={form} onChange={onChange} arms={arms} versions={versions} />
        <Button variant="ghost" aria-expanded={isOpen} className="text-muted" onClick={() => setOpen(!isOpen)}>
          <ChevronRight className={cx('size-3.5 transition-transform', isOpen && 'rotate-90')} aria-hidden />
          {limits.length > 0 ? `Limited by ${limits.join(', ')}` : 'Filter and principals'}
        </Button>
      </div>
      {isOpen && (
        <div className="grid gap-x-6 gap-y-3 border-t border-line pt-3 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <FilterBuilder form={form} onChange={onChange} error={filterError} />
          <Field label="On behalf of" hint="Documents with an access list are found only by one of theirs.">
            {(aria) => (
              <Input
                {...aria}
                placeholder="user:ada, group:hr"
                value={form.principals}
                onChange={(event) => onChange({ principals: event.target.value })}
              />
            )}
          </Field>
        </div>
      )}
    </form>
  );
}
