import type { Document } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { Card, Skeleton, Tabs } from '@llmops/ui';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { QueryError } from '../../api/query-error.tsx';
import { ChunkList } from './chunk-list.tsx';
import { ChunkPreview, emptyPreview, type PreviewForm } from './chunk-preview.tsx';
import { citedChunks } from './cited-chunks.ts';
import { DocumentAbout } from './document-about.tsx';
import { chunksQuery, type DocumentPlace, previewQuery } from './document-queries.ts';
import { chunkerOf } from './index-settings-form.ts';
import type { Passage } from './passage.ts';
import { PageCard, TextCard, type View } from './reader-cards.tsx';

const route = getRouteApi('/app/p/$project/knowledge/$knowledgeBase/documents/$document');

type Side = 'chunks' | 'preview' | 'about';

/** A document with a passage of it marked, and beside it what it was cut into. */
export function DocumentReader({ document, place }: { document: Document; place: DocumentPlace }) {
  const passage = route.useSearch();
  const navigate = route.useNavigate();
  const setPassage = (next: Passage) => void navigate({ search: next, replace: true });
  const isPdf = document.mediaType === 'application/pdf';
  const [view, setView] = useState<View>(isPdf ? 'page' : 'text');
  const [side, setSide] = useState<Side>('chunks');
  const [preview, setPreview] = useState<PreviewForm>(emptyPreview);
  const [asked, setAsked] = useState<PreviewForm>();

  const chunks = useQuery(chunksQuery(place));
  const cuts = useQuery(previewQuery(place, asked && chunkerOf(asked), asked?.embeddingModel ?? ''));
  const cited =
    chunks.data && passage.start !== undefined && passage.end !== undefined
      ? citedChunks(chunks.data, { start: passage.start, end: passage.end })
      : [];
  const showsCuts = side === 'preview' && cuts.data !== undefined;
  return (
    <div className="grid min-w-0 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
      {isPdf && view === 'page' && !showsCuts ? (
        <PageCard
          document={document}
          place={place}
          passage={passage}
          cited={cited}
          onPassage={setPassage}
          onView={setView}
        />
      ) : (
        <TextCard
          place={place}
          passage={passage}
          cuts={showsCuts ? cuts.data?.chunks : undefined}
          onView={isPdf && !showsCuts ? setView : undefined}
        />
      )}
      <Card flush className="xl:sticky xl:top-4">
        <Tabs
          label="Document"
          value={side}
          onChange={(next) => setSide(next as Side)}
          items={[
            {
              id: 'chunks',
              label: 'Chunks',
              content: (
                <>
                  {chunks.isPending && <Skeleton className="m-4 h-40" />}
                  {chunks.error && (
                    <div className="p-4">
                      <QueryError error={chunks.error} onRetry={() => void chunks.refetch()} />
                    </div>
                  )}
                  {chunks.data?.length === 0 && <p className="p-4 text-muted">It has no chunks in the live index.</p>}
                  {chunks.data && (
                    <ChunkList
                      chunks={chunks.data}
                      cited={cited}
                      onOpen={({ start, end, page }) => setPassage({ start, end, ...(page > 0 && { page }) })}
                    />
                  )}
                </>
              ),
            },
            {
              id: 'preview',
              label: 'Other cuts',
              content: (
                <ChunkPreview
                  form={preview}
                  onChange={setPreview}
                  onSubmit={() => setAsked(preview)}
                  preview={cuts}
                  current={chunks.data ?? []}
                />
              ),
            },
            { id: 'about', label: 'About', content: <DocumentAbout document={document} /> },
          ]}
        />
      </Card>
    </div>
  );
}
