import type { KnowledgeBase } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { cx, EmptyState, Skeleton, SkeletonRows } from '@llmops/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { SearchX, Telescope } from 'lucide-react';
import { useState } from 'react';
import { useProject } from '../../api/current-user.ts';
import { llmops } from '../../api/llmops.ts';
import { QueryError } from '../../api/query-error.tsx';
import { indexVersionsQuery, knowledgeBaseKey } from './knowledge-queries.ts';
import { RankChart } from './rank-chart.tsx';
import { ArmList, SearchLine, Support, TimingList } from './search-facts.tsx';
import { SearchFormPanel } from './search-form.tsx';
import { emptySearchForm, type SearchRequestInit, searchRequest } from './search-form-state.ts';
import { SearchResults } from './search-results.tsx';

interface SearchTabProps {
  knowledgeBase: KnowledgeBase;
  /** Of the address. */
  query: string;
  onQuery: (query: string) => void;
}

/** As retrieval has it, where the knowledge base says nothing. */
const shippedMinSupport = 0.3;

/** Tries out how results are found and ordered. Nothing of it is kept but the query in the address. */
export function SearchTab({ knowledgeBase, query, onQuery }: SearchTabProps) {
  const project = useProject();
  const versions = useQuery(indexVersionsQuery(project.id, knowledgeBase.id)).data ?? [];
  const [form, setForm] = useState(emptySearchForm);
  const [text, setText] = useState(query);
  const [asked, setAsked] = useState(() => ({ request: query ? searchRequest(query, form, []) : undefined, count: 0 }));
  const [filterError, setFilterError] = useState<string>();

  const searched = form.indexVersion || knowledgeBase.liveIndexVersion;
  const version = versions.find(({ id }) => id === searched);
  const arms = version
    ? [...(version.settings?.noLexical ? [] : ['lexical']), ...version.embeddingModels.map(({ name }) => name)]
    : [];
  const submit = () => {
    try {
      setAsked({ request: searchRequest(text, form, arms), count: asked.count + 1 });
      setFilterError(undefined);
      onQuery(text);
    } catch (error) {
      setFilterError(error instanceof Error ? error.message : String(error));
    }
  };
  const search = useSearch(project.id, knowledgeBase.id, asked);
  return (
    <>
      <SearchFormPanel
        query={text}
        onQuery={setText}
        form={form}
        onChange={(change) => setForm((current) => ({ ...current, ...change }))}
        arms={arms}
        versions={versions}
        busy={search.isFetching}
        filterError={filterError}
        onSubmit={submit}
      />
      {search.error && (
        <div className="p-4">
          <QueryError error={search.error} onRetry={() => void search.refetch()} />
        </div>
      )}
      {search.data && !search.error && (
        <SearchOutcome
          project={project.id}
          knowledgeBase={knowledgeBase}
          outcome={search.data}
          isStale={search.isPlaceholderData}
        />
      )}
      {search.isLoading && <Loading />}
      {!asked.request && (
        <EmptyState icon={Telescope} title="See what a question finds">
          <p>Each way of searching, how their rankings are joined, and how well the results support an answer.</p>
        </EmptyState>
      )}
    </>
  );
}

function useSearch(
  project: string,
  knowledgeBase: string,
  { request, count }: { request: SearchRequestInit | undefined; count: number },
) {
  return useQuery({
    // The count makes the same search a new one: documents may have come since.
    queryKey: [...knowledgeBaseKey(project, knowledgeBase), 'search', count],
    queryFn: async ({ signal }) => {
      const start = performance.now();
      const response = await llmops.search.search({ ...request, project, knowledgeBase }, { signal });
      return { response, elapsedMs: performance.now() - start };
    },
    enabled: request !== undefined,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

type Outcome = NonNullable<ReturnType<typeof useSearch>['data']>;

interface SearchOutcomeProps {
  project: string;
  knowledgeBase: KnowledgeBase;
  outcome: Outcome;
  isStale: boolean;
}

function SearchOutcome({ project, knowledgeBase, outcome: { response, elapsedMs }, isStale }: SearchOutcomeProps) {
  const [active, setActive] = useState<string>();
  return (
    <div
      className={cx('grid transition-opacity xl:grid-cols-[minmax(0,3fr)_minmax(22rem,2fr)]', isStale && 'opacity-60')}
    >
      <div className="min-w-0 border-line xl:border-r">
        <p className="border-b border-line px-4 py-2" role="status">
          <SearchLine response={response} elapsedMs={elapsedMs} />
        </p>
        {response.results.length === 0 ? (
          <EmptyState icon={SearchX} title="Nothing is found">
            <p>Loosen the filter, turn arms on, or say it in other words.</p>
          </EmptyState>
        ) : (
          <SearchResults
            project={project}
            knowledgeBase={knowledgeBase.id}
            results={response.results}
            active={active}
            onActive={setActive}
          />
        )}
      </div>
      <aside
        aria-label="How it was found"
        className="scroll-thin min-w-0 divide-y divide-line border-line max-xl:border-t xl:sticky xl:top-0 xl:max-h-dvh xl:self-start xl:overflow-y-auto"
      >
        <Support support={response.support} least={knowledgeBase.searchSettings?.minSupport ?? shippedMinSupport} />
        <ArmList arms={response.arms} />
        {response.results.length > 0 && <RankChart response={response} active={active} onActive={setActive} />}
        <TimingList timings={response.timings} />
      </aside>
    </div>
  );
}

function Loading() {
  return (
    <div className="grid xl:grid-cols-[minmax(0,3fr)_minmax(22rem,2fr)]">
      <SkeletonRows rows={6} />
      <div className="p-4 max-xl:hidden">
        <Skeleton className="h-64" />
      </div>
    </div>
  );
}
