import type { Chunk, Document } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { Button, Card, Segmented, SkeletonRows } from '@llmops/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { QueryError } from '../../api/query-error.tsx';
import { formatShare } from '../../format/quantity.ts';
import { regionsOn } from './cited-chunks.ts';
import { type DocumentPlace, shownUnits, textQuery } from './document-queries.ts';
import { PageSteps, PageView } from './page-view.tsx';
import type { Passage } from './passage.ts';
import { type TextMarks, TextView } from './text-view.tsx';

export type View = 'page' | 'text';

const views = [
  { value: 'page', label: 'Page' },
  { value: 'text', label: 'Text' },
] as const;

const ViewChoice = ({ value, onChange }: { value: View; onChange: (view: View) => void }) => (
  <Segmented label="Show" options={views} value={value} onChange={onChange} />
);

interface PageCardProps {
  document: Document;
  place: DocumentPlace;
  passage: Passage;
  cited: Chunk[];
  onPassage: (passage: Passage) => void;
  onView: (view: View) => void;
}

/** A page of a PDF as it is printed. */
export function PageCard({ document, place, passage, cited, onPassage, onView }: PageCardProps) {
  // One character of the text: the sizes of all pages come with it.
  const sizes = useQuery(textQuery(place, { start: 0, end: 1 })).data?.pages;
  const wanted = passage.page ?? cited[0]?.page ?? 1;
  const page = Math.max(1, Math.min(wanted, document.pageCount));
  return (
    <Card
      flush
      title={<ViewChoice value="page" onChange={onView} />}
      actions={
        <PageSteps page={page} pages={document.pageCount} onPage={(next) => onPassage({ ...passage, page: next })} />
      }
    >
      <PageView
        place={place}
        page={page}
        size={sizes?.find(({ number }) => number === page)}
        regions={regionsOn(cited, page)}
        alt={`Page ${page} of ${document.displayName}`}
      />
    </Card>
  );
}

interface TextCardProps {
  place: DocumentPlace;
  passage: Passage;
  /** What it would be cut into, shown instead of the passage. */
  cuts: readonly Chunk[] | undefined;
  /** When there are pages to be seen, too. */
  onView: ((view: View) => void) | undefined;
}

/** The text that was read from it; of a long one a part around the passage. */
export function TextCard({ place, passage: { start, end }, cuts, onView }: TextCardProps) {
  const [moved, setMoved] = useState<{ passage: number | undefined; from: number }>();
  const around = start !== undefined && start > shownUnits / 2 ? start - shownUnits / 4 : 0;
  const from = moved && moved.passage === start ? moved.from : around;
  const query = useQuery(textQuery(place, { start: from, end: from + shownUnits }));
  const text = query.data;
  const marks: TextMarks = cuts
    ? { kind: 'chunks', ranges: cuts }
    : { kind: 'passage', ranges: start !== undefined && end !== undefined ? [{ start, end }] : [] };
  const isPart = text !== undefined && text.text.length < text.length;
  const to = from + (text?.text.length ?? 0);
  return (
    <Card
      flush
      title={onView ? <ViewChoice value="text" onChange={onView} /> : cuts ? 'Cuts' : 'Text'}
      actions={
        isPart && (
          <>
            <span className="text-xs text-muted tabular-nums max-sm:hidden">
              {formatShare(from, text.length)} to {formatShare(to, text.length)}
            </span>
            <Button
              size="sm"
              disabled={from === 0}
              onClick={() => setMoved({ passage: start, from: Math.max(0, from - shownUnits) })}
            >
              Earlier
            </Button>
            <Button size="sm" disabled={to >= text.length} onClick={() => setMoved({ passage: start, from: to })}>
              Later
            </Button>
          </>
        )
      }
    >
      {query.isPending && <SkeletonRows rows={12} />}
      {query.error && (
        <div className="p-4">
          <QueryError error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {text && <TextView text={text} marks={marks} />}
    </Card>
  );
}
