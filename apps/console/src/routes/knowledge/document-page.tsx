import { type Document, Document_State as State } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { Badge, Button, buttonClass, Card, EmptyState, ErrorNotice, Skeleton } from '@llmops/ui';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ArrowLeft, Download, Hourglass, RotateCw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { formatBytes, formatCount } from '../../format/quantity.ts';
import { Page } from '../../shell/page.tsx';
import { DocumentAbout } from './document-about.tsx';
import { useDocumentMutations } from './document-mutations.ts';
import { type DocumentPlace, fileUrl } from './document-queries.ts';
import { DocumentReader } from './document-reader.tsx';
import { documentStates, isWorkedOn, kindOf } from './document-state.ts';
import { DocumentState } from './document-table.tsx';
import { documentQuery } from './knowledge-queries.ts';

const route = getRouteApi('/app/p/$project/knowledge/$knowledgeBase/documents/$document');

export function DocumentPage() {
  const project = useProject();
  const { knowledgeBase, document: id } = route.useParams();
  const query = useQuery(documentQuery(project.id, knowledgeBase, id));
  if (query.data) return <DocumentView key={id} document={query.data} />;
  return (
    <Page
      title="Document"
      heading={
        <DocumentHeading project={project.id} knowledgeBase={knowledgeBase}>
          Document
        </DocumentHeading>
      }
    >
      {query.error ? (
        <QueryError error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Skeleton className="h-[32rem]" />
      )}
    </Page>
  );
}

function DocumentView({ document }: { document: Document }) {
  const project = useProject();
  const { knowledgeBase } = document;
  const place = { project: project.id, knowledgeBase, document: document.id };
  const name = document.title || document.displayName;
  const heading = (
    <DocumentHeading project={project.id} knowledgeBase={knowledgeBase}>
      <span className="truncate">{name}</span>
      <Badge>{kindOf(document.mediaType)}</Badge>
    </DocumentHeading>
  );
  const actions = (
    <a className={buttonClass()} href={fileUrl(place)} download={document.displayName.split('/').at(-1)}>
      <Download className="size-3.5" aria-hidden />
      Download
    </a>
  );
  return (
    <Page title={name} heading={heading} description={<DocumentLine document={document} />} actions={actions}>
      <div className="flex flex-col gap-3">
        {document.warnings.length > 0 && <Warnings warnings={document.warnings} />}
        <DocumentBody document={document} place={place} />
      </div>
    </Page>
  );
}

function DocumentBody({ document, place }: { document: Document; place: DocumentPlace }) {
  if (document.state === State.FAILED) {
    return (
      <>
        <Failure document={document} />
        <Card title="About" flush>
          <DocumentAbout document={document} />
        </Card>
      </>
    );
  }
  if (!isWorkedOn(document)) return <DocumentReader document={document} place={place} />;
  return (
    <Card flush>
      <EmptyState icon={Hourglass} title={`${documentStates[document.state].text} …`}>
        <p>Its text is here once it has been read.</p>
      </EmptyState>
    </Card>
  );
}

interface DocumentHeadingProps {
  project: string;
  knowledgeBase: string;
  children: ReactNode;
}

/** With the way back to the knowledge base. */
function DocumentHeading({ project, knowledgeBase, children }: DocumentHeadingProps) {
  return (
    <span className="flex items-center gap-2">
      <Link
        to="/p/$project/knowledge/$knowledgeBase"
        params={{ project, knowledgeBase }}
        aria-label="Back to the knowledge base"
        className="grid size-7 shrink-0 place-items-center rounded-md text-muted hover:bg-hover hover:text-ink"
      >
        <ArrowLeft className="size-4" />
      </Link>
      {children}
    </span>
  );
}

function DocumentLine({ document }: { document: Document }) {
  const { sizeBytes, pageCount, chunkCount, displayName, title } = document;
  const facts = [
    ...(title && title !== displayName ? [displayName] : []),
    formatBytes(sizeBytes),
    ...(pageCount > 0 ? [`${formatCount(pageCount)} pages`] : []),
    `${formatCount(chunkCount)} chunks`,
  ];
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-0.5 tabular-nums">
      <DocumentState document={document} />
      <span className="min-w-0 break-all">{facts.join(' · ')}</span>
    </span>
  );
}

function Warnings({ warnings }: { warnings: string[] }) {
  return (
    <ul className="flex flex-col gap-1 rounded-lg border border-warning/30 bg-warning-soft px-4 py-3">
      {warnings.map((warning) => (
        <li key={warning} className="flex gap-3 break-words">
          <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warning" aria-hidden />
          {warning}
        </li>
      ))}
    </ul>
  );
}

function Failure({ document }: { document: Document }) {
  const project = useProject();
  const { reprocess } = useDocumentMutations(project.id, document.knowledgeBase);
  return (
    <div className="flex flex-col gap-2">
      <ErrorNotice title={document.errorMessage || 'It could not be indexed'} detail={document.errorCode} />
      {project.isEditor && (
        <Button className="self-start" busy={reprocess.isPending} onClick={() => reprocess.mutate(document)}>
          <RotateCw className="size-3.5" aria-hidden />
          Read it again
        </Button>
      )}
    </div>
  );
}
