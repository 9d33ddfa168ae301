import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { KnowledgeBase } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { Button, Card, type Column, EmptyState, SkeletonRows, Status, Table, Timestamp } from '@llmops/ui';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { BookOpenText, Plus } from 'lucide-react';
import { useState } from 'react';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { formatCount } from '../../format/quantity.ts';
import { Page } from '../../shell/page.tsx';
import { CreateKnowledgeBaseDialog } from './create-knowledge-base-dialog.tsx';
import { DocumentCountsLine } from './document-counts.tsx';
import { indexVersionQuery, knowledgeBasesQuery } from './knowledge-queries.ts';

export function KnowledgeBasesPage() {
  const project = useProject();
  const navigate = useNavigate();
  const query = useQuery(knowledgeBasesQuery(project.id));
  const [creating, setCreating] = useState(false);
  const open = (knowledgeBase: string) =>
    void navigate({ to: '/p/$project/knowledge/$knowledgeBase', params: { project: project.id, knowledgeBase } });
  const create = project.isEditor && (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus className="size-3.5" aria-hidden />
      Create knowledge base
    </Button>
  );
  return (
    <Page title="Knowledge" description="Documents that answers may cite." actions={create}>
      {query.error && <QueryError error={query.error} onRetry={() => void query.refetch()} />}
      {!query.isLoadingError && (
        <Card flush>
          {query.isPending && <SkeletonRows rows={3} />}
          {query.data && query.data.length > 0 && (
            <Table
              label="Knowledge bases"
              columns={columnsOf(project.id)}
              rows={query.data}
              rowKey={({ id }) => id}
              onOpen={({ id }) => open(id)}
            />
          )}
          {query.data?.length === 0 && (
            <EmptyState icon={BookOpenText} title="No knowledge base yet">
              <p>
                {project.isEditor
                  ? 'Create one and drop documents on it: PDF, Office, HTML, Markdown, mail, tables.'
                  : 'An editor of the project can create one.'}
              </p>
            </EmptyState>
          )}
        </Card>
      )}
      <CreateKnowledgeBaseDialog project={project.id} open={creating} onOpenChange={setCreating} onCreated={open} />
    </Page>
  );
}

function LiveIndex({
  project,
  knowledgeBase: { id, liveIndexVersion },
}: {
  project: string;
  knowledgeBase: KnowledgeBase;
}) {
  const version = useQuery(indexVersionQuery(project, id, liveIndexVersion)).data;
  if (!version) return <span className="text-faint">…</span>;
  const models = version.embeddingModels.map(({ name }) => name);
  return (
    <span className="block max-w-56 truncate" title={models.join(', ')}>
      <span className="tabular-nums">v{version.number}</span>{' '}
      <span className="text-muted">{models.join(', ') || 'words only'}</span>
    </span>
  );
}

const nowrap = 'whitespace-nowrap';

function columnsOf(project: string): Column<KnowledgeBase>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      className: 'w-full max-w-0 @2xl:min-w-44',
      card: 'title',
      cell: ({ id, displayName, description }) => (
        <span className="block min-w-0">
          <Link
            to="/p/$project/knowledge/$knowledgeBase"
            params={{ project, knowledgeBase: id }}
            tabIndex={-1}
            className="block truncate font-medium hover:underline"
          >
            {displayName}
          </Link>
          <span className="block truncate text-2xs text-faint">{description || id}</span>
        </span>
      ),
    },
    {
      id: 'documents',
      header: 'Documents',
      card: 'wide',
      className: nowrap,
      cell: ({ documents }) => <DocumentCountsLine counts={documents} />,
    },
    { id: 'chunks', header: 'Chunks', align: 'end', cell: ({ chunkCount }) => formatCount(chunkCount) },
    {
      id: 'index',
      header: 'Live index',
      card: 'wide',
      className: 'whitespace-nowrap',
      cell: (knowledgeBase) => <LiveIndex project={project} knowledgeBase={knowledgeBase} />,
    },
    {
      id: 'sources',
      header: 'Sources',
      align: 'end',
      cell: ({ sources }) => (sources.length > 0 ? sources.length : <span className="text-faint">–</span>),
    },
    {
      id: 'recall',
      header: 'Recall',
      card: 'wide',
      className: nowrap,
      cell: ({ alarm }) => (
        <span title={alarm || undefined}>
          {alarm ? <Status tone="danger">Below what is allowed</Status> : <Status tone="success">No alarm</Status>}
        </span>
      ),
    },
    {
      id: 'updated',
      header: 'Updated',
      className: nowrap,
      cell: ({ updateTime }) => updateTime && <Timestamp date={timestampDate(updateTime)} ago />,
    },
  ];
}
