import type { KnowledgeBase } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { buttonClass, Card, CopyableId, Skeleton, Tabs } from '@llmops/ui';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { SquareTerminal, TriangleAlert } from 'lucide-react';
import { useCallback } from 'react';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { BackHeading } from '../../shell/back-heading.tsx';
import { Page } from '../../shell/page.tsx';
import { DocumentsTab } from './documents-tab.tsx';
import { type KnowledgeBaseSearch, knowledgeBaseTabs } from './knowledge-base-search.ts';
import { knowledgeBaseQuery } from './knowledge-queries.ts';
import { SearchTab } from './search-tab.tsx';
import { SettingsTab } from './settings-tab.tsx';
import { UploadPanel } from './upload-panel.tsx';
import { useUploads } from './use-uploads.ts';
import { VersionsTab } from './versions-tab.tsx';

const route = getRouteApi('/app/p/$project/knowledge/$knowledgeBase');

export function KnowledgeBasePage() {
  const project = useProject();
  const { knowledgeBase: id } = route.useParams();
  const query = useQuery(knowledgeBaseQuery(project.id, id));
  if (query.data) return <KnowledgeBaseView key={id} knowledgeBase={query.data} />;
  return (
    <Page
      title="Knowledge base"
      heading={
        <BackHeading to="knowledge" project={project.id}>
          Knowledge base
        </BackHeading>
      }
    >
      {query.error ? (
        <QueryError error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Skeleton className="h-96" />
      )}
    </Page>
  );
}

function KnowledgeBaseView({ knowledgeBase }: { knowledgeBase: KnowledgeBase }) {
  const project = useProject();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const tab = search.tab ?? 'documents';
  const setSearch = useCallback(
    (next: KnowledgeBaseSearch) => void navigate({ search: next, replace: true }),
    [navigate],
  );
  const onWords = useCallback((q: string) => setSearch({ tab: 'search', ...(q && { q }) }), [setSearch]);
  // Here and not in the tab: what is on its way goes on while another tab is looked at.
  const { uploads, add, clear } = useUploads({ project: project.id, knowledgeBase: knowledgeBase.id });
  const heading = (
    <BackHeading to="knowledge" project={project.id}>
      <span className="truncate">{knowledgeBase.displayName}</span>
    </BackHeading>
  );
  const actions = (
    <>
      <span className="max-sm:hidden">
        <CopyableId id={knowledgeBase.id} label="knowledge base id" chars={40} />
      </span>
      <Link to="/p/$project/playground" params={{ project: project.id }} className={buttonClass()}>
        <SquareTerminal className="size-3.5" aria-hidden />
        Playground
      </Link>
    </>
  );
  return (
    <Page
      title={knowledgeBase.displayName}
      heading={heading}
      description={knowledgeBase.description || undefined}
      actions={actions}
    >
      <div className="flex flex-col gap-3">
        {knowledgeBase.alarm && (
          <p
            role="alert"
            className="flex gap-3 rounded-lg border border-warning/30 bg-warning-soft px-4 py-3 break-words"
          >
            <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warning" aria-hidden />
            {knowledgeBase.alarm}
          </p>
        )}
        <Card flush>
          <Tabs
            label="Knowledge base"
            value={tab}
            onChange={(next) => {
              const chosen = knowledgeBaseTabs.find((candidate) => candidate === next);
              setSearch(chosen && chosen !== 'documents' ? { tab: chosen } : {});
            }}
            items={[
              {
                id: 'documents',
                label: 'Documents',
                content: (
                  <DocumentsTab knowledgeBase={knowledgeBase} search={search} onSearch={setSearch} onFiles={add} />
                ),
              },
              {
                id: 'search',
                label: 'Search lab',
                content: <SearchTab knowledgeBase={knowledgeBase} query={search.q ?? ''} onQuery={onWords} />,
              },
              { id: 'versions', label: 'Index versions', content: <VersionsTab knowledgeBase={knowledgeBase} /> },
              { id: 'settings', label: 'Settings', content: <SettingsTab knowledgeBase={knowledgeBase} /> },
            ]}
          />
        </Card>
      </div>
      <UploadPanel uploads={uploads} onClear={clear} />
    </Page>
  );
}
