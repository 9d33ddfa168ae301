import { type Document, type DocumentCounts, type KnowledgeBase } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { Button, ConfirmDialog, EmptyState, Segmented, SkeletonRows } from '@llmops/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { FileStack, RotateCw, SearchX, Upload } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { formatCount } from '../../format/quantity.ts';
import { LoadMore } from '../../shell/load-more.tsx';
import { SearchInput } from '../../shell/search-input.tsx';
import { useDocumentMutations } from './document-mutations.ts';
import { DocumentTable } from './document-table.tsx';
import { DropZone } from './drop-zone.tsx';
import type { DocumentFilter, KnowledgeBaseSearch } from './knowledge-base-search.ts';
import { documentsQuery } from './knowledge-queries.ts';

interface DocumentsTabProps {
  knowledgeBase: KnowledgeBase;
  search: KnowledgeBaseSearch;
  onSearch: (search: KnowledgeBaseSearch) => void;
  onFiles: (files: readonly File[]) => void;
}

export function DocumentsTab({ knowledgeBase, search, onSearch, onFiles }: DocumentsTabProps) {
  const { id, documents: counts } = knowledgeBase;
  const project = useProject();
  const query = useInfiniteQuery(documentsQuery(project.id, id, search));
  const { remove, reprocess } = useDocumentMutations(project.id, id);
  const [deleting, setDeleting] = useState<Document>();
  const onWords = useCallback(
    (q: string) => onSearch({ ...(search.state && { state: search.state }), ...(q && { q }) }),
    [onSearch, search.state],
  );
  const documents = query.data?.pages.flatMap((page) => page.documents) ?? [];
  const readAllAgain = () => {
    for (const document of documents) reprocess.mutate(document);
  };
  const isFiltered = search.state !== undefined || search.q !== undefined;
  return (
    <DropZone disabled={!project.isEditor} onFiles={onFiles}>
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2.5">
        <SearchInput label="Search names" value={search.q ?? ''} onChange={onWords} />
        <StateChoice
          counts={counts}
          value={search.state}
          onChange={(state) => onSearch({ ...(state && { state }), ...(search.q && { q: search.q }) })}
        />
        <span className="ml-auto flex gap-2">
          {project.isEditor && search.state === 'failed' && documents.length > 0 && (
            <Button onClick={readAllAgain}>
              <RotateCw className="size-3.5" aria-hidden />
              Read all again
            </Button>
          )}
          {project.isEditor && <UploadButton onFiles={onFiles} />}
        </span>
      </div>
      {query.error && (
        <div className="p-4">
          <QueryError error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {query.isPending && <SkeletonRows rows={10} />}
      {documents.length > 0 && (
        <DocumentTable
          project={project.id}
          documents={documents}
          mayChange={project.isEditor}
          onReprocess={reprocess.mutate}
          onDelete={setDeleting}
        />
      )}
      {query.isSuccess && documents.length === 0 && (
        <NoDocuments isFiltered={isFiltered} mayChange={project.isEditor} onClear={() => onSearch({})} />
      )}
      {query.hasNextPage && (
        <div className="flex flex-col border-t border-line py-3">
          <LoadMore query={query} />
        </div>
      )}
      <ConfirmDialog
        open={deleting !== undefined}
        onOpenChange={() => setDeleting(undefined)}
        title={`Delete ${deleting?.displayName ?? 'document'}?`}
        action="Delete document"
        busy={remove.isPending}
        onConfirm={() => deleting && remove.mutate(deleting, { onSettled: () => setDeleting(undefined) })}
      >
        No answer will stand on it from the moment this is done. Its chunks and its file are removed. This cannot be
        undone.
      </ConfirmDialog>
    </DropZone>
  );
}

interface StateChoiceProps {
  counts: DocumentCounts | undefined;
  value: DocumentFilter | undefined;
  onChange: (state: DocumentFilter | undefined) => void;
}

function StateChoice({ counts, value, onChange }: StateChoiceProps) {
  const options = [
    { value: 'all', label: 'All', count: counts?.total },
    { value: 'indexed', label: 'Searchable', count: counts?.indexed },
    { value: 'pending', label: 'In work', count: counts?.pending },
    { value: 'failed', label: 'Failed', count: counts?.failed },
  ] as const;
  return (
    <Segmented<DocumentFilter | 'all'>
      label="State"
      value={value ?? 'all'}
      onChange={(next) => onChange(next === 'all' ? undefined : next)}
      options={options.map(({ count, ...option }) => ({
        ...option,
        label: count ? `${option.label} ${formatCount(count)}` : option.label,
      }))}
    />
  );
}

function UploadButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to upload"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // The same file again is a change too.
          event.target.value = '';
        }}
      />
      <Button variant="primary" onClick={() => input.current?.click()}>
        <Upload className="size-3.5" aria-hidden />
        Upload
      </Button>
    </>
  );
}

interface NoDocumentsProps {
  isFiltered: boolean;
  mayChange: boolean;
  onClear: () => void;
}

function NoDocuments({ isFiltered, mayChange, onClear }: NoDocumentsProps) {
  if (isFiltered) {
    return (
      <EmptyState icon={SearchX} title="No document passes these filters">
        <Button onClick={onClear}>Clear filters</Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={FileStack} title="No documents yet">
      <p>
        {mayChange ? 'Drop files here: PDF, Office, HTML, Markdown, mail, tables, text.' : 'An editor can add some.'}
      </p>
    </EmptyState>
  );
}
