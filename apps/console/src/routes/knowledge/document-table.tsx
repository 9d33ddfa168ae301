import { timestampDate } from '@bufbuild/protobuf/wkt';
import { type Document, Document_State as State } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { Button, type Column, Status, Table, Timestamp } from '@llmops/ui';
import { Link, useNavigate } from '@tanstack/react-router';
import { RotateCw, Trash2 } from 'lucide-react';
import { formatBytes, formatCount } from '../../format/quantity.ts';
import { documentStates, isWorkedOn, kindOf } from './document-state.ts';

interface DocumentTableProps {
  project: string;
  documents: Document[];
  mayChange: boolean;
  onReprocess: (document: Document) => void;
  onDelete: (document: Document) => void;
}

export function DocumentTable(props: DocumentTableProps) {
  const navigate = useNavigate();
  const { project, documents } = props;
  return (
    <Table
      label="Documents"
      columns={columnsOf(props)}
      rows={documents}
      rowKey={({ id }) => id}
      onOpen={({ id, knowledgeBase }) =>
        void navigate({
          to: '/p/$project/knowledge/$knowledgeBase/documents/$document',
          params: { project, knowledgeBase, document: id },
        })
      }
    />
  );
}

export function DocumentState({ document }: { document: Document }) {
  const { tone, text } = documentStates[document.state];
  return (
    <Status tone={tone} pulse={isWorkedOn(document) && document.state !== State.PENDING}>
      {text}
    </Status>
  );
}

function DocumentName({ project, document }: { project: string; document: Document }) {
  const { id, knowledgeBase, displayName, title, uri, errorMessage } = document;
  // The second line says what the first does not.
  const place = title ? displayName : uri === displayName ? '' : uri;
  return (
    <span className="block min-w-0">
      <Link
        to="/p/$project/knowledge/$knowledgeBase/documents/$document"
        params={{ project, knowledgeBase, document: id }}
        tabIndex={-1}
        className="block truncate font-medium hover:underline"
      >
        {title || displayName}
      </Link>
      {document.state === State.FAILED ? (
        <span className="block text-xs break-words whitespace-normal text-danger">
          {errorMessage || document.errorCode}
        </span>
      ) : (
        <span className="block truncate text-2xs text-faint">{place}</span>
      )}
    </span>
  );
}

const nowrap = 'whitespace-nowrap';
const dash = <span className="text-faint">–</span>;

function columnsOf({ project, mayChange, onReprocess, onDelete }: DocumentTableProps): Column<Document>[] {
  return [
    {
      id: 'name',
      header: 'Document',
      className: 'w-full max-w-0 @2xl:min-w-44',
      card: 'title',
      cell: (document) => <DocumentName project={project} document={document} />,
    },
    {
      id: 'state',
      header: 'State',
      // The widest word fits: the table stays as it is while documents go through their states.
      className: `${nowrap} min-w-28`,
      cell: (document) => <DocumentState document={document} />,
    },
    {
      id: 'kind',
      header: 'Kind',
      className: 'max-w-32',
      cell: ({ mediaType }) => (
        <span className="block truncate text-muted" title={mediaType}>
          {kindOf(mediaType)}
        </span>
      ),
    },
    { id: 'size', header: 'Size', align: 'end', className: nowrap, cell: ({ sizeBytes }) => formatBytes(sizeBytes) },
    { id: 'pages', header: 'Pages', align: 'end', cell: ({ pageCount }) => (pageCount > 0 ? pageCount : dash) },
    {
      id: 'chunks',
      header: 'Chunks',
      align: 'end',
      cell: ({ chunkCount }) => (chunkCount > 0 ? formatCount(chunkCount) : dash),
    },
    {
      id: 'updated',
      header: 'Updated',
      className: nowrap,
      cell: ({ updateTime }) => updateTime && <Timestamp date={timestampDate(updateTime)} ago />,
    },
    {
      id: 'action',
      header: 'Actions',
      card: 'actions',
      className: 'text-right whitespace-nowrap',
      cell: (document) =>
        mayChange && (
          <span className="inline-flex gap-1">
            {document.state === State.FAILED && (
              <Button
                size="sm"
                variant="ghost"
                icon
                aria-label={`Read ${document.displayName} again`}
                onClick={() => onReprocess(document)}
              >
                <RotateCw className="size-3.5" aria-hidden />
              </Button>
            )}
            <Button
              size="sm"
              variant="ghost"
              icon
              aria-label={`Delete ${document.displayName}`}
              onClick={() => onDelete(document)}
            >
              <Trash2 className="size-3.5" aria-hidden />
            </Button>
          </span>
        ),
    },
  ];
}
