import type { DocumentPage, Region } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { Button, cx, ErrorNotice } from '@llmops/ui';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { type DocumentPlace, pageImageUrl } from './document-queries.ts';

interface PageViewProps {
  place: DocumentPlace;
  page: number;
  /** Its size, so that its place is kept while it comes. */
  size: DocumentPage | undefined;
  /** What is marked on it. */
  regions: Region[];
  alt: string;
}

/** Wide enough for a sharp picture on a dense screen. */
const imageWidth = 1600;
const a4 = 210 / 297;

/** A page as it is printed, with the cited places marked. */
export function PageView({ place, page, size, regions, alt }: PageViewProps) {
  const src = pageImageUrl(place, page, imageWidth);
  const [failed, setFailed] = useState<string>();
  const [loaded, setLoaded] = useState<string>();
  const first = useRef<HTMLSpanElement>(null);
  const { x0, y0 } = regions[0] ?? {};
  useEffect(() => {
    if (loaded === src) first.current?.scrollIntoView({ block: 'center' });
  }, [src, loaded, x0, y0]);
  if (failed === src) {
    return (
      <div className="p-4">
        <ErrorNotice title="The page cannot be shown" detail="Read its text instead, or download the file." />
      </div>
    );
  }
  return (
    <div className="bg-sunken p-3 sm:p-5">
      <div
        className="relative mx-auto max-w-[56rem] overflow-hidden bg-white shadow-pop"
        style={{ aspectRatio: size && size.height > 0 ? size.width / size.height : a4 }}
      >
        <img
          key={src}
          src={src}
          alt={alt}
          onLoad={() => setLoaded(src)}
          onError={() => setFailed(src)}
          className={cx('absolute inset-0 size-full transition-opacity', loaded === src ? 'opacity-100' : 'opacity-0')}
        />
        {regions.map((region, index) => (
          <span
            key={`${region.x0},${region.y0},${region.x1},${region.y1}`}
            ref={index === 0 ? first : undefined}
            data-highlight
            aria-hidden
            className="absolute scroll-m-24 rounded-[2px] bg-[oklch(0.88_0.16_90/0.45)] mix-blend-multiply"
            style={{
              left: `${region.x0 * 100}%`,
              top: `${region.y0 * 100}%`,
              width: `${(region.x1 - region.x0) * 100}%`,
              height: `${(region.y1 - region.y0) * 100}%`,
            }}
          />
        ))}
      </div>
    </div>
  );
}

interface PageStepsProps {
  page: number;
  pages: number;
  onPage: (page: number) => void;
}

export function PageSteps({ page, pages, onPage }: PageStepsProps) {
  return (
    <nav aria-label="Pages" className="flex items-center gap-1">
      <Button
        variant="ghost"
        icon
        size="sm"
        aria-label="Previous page"
        disabled={page <= 1}
        onClick={() => onPage(page - 1)}
      >
        <ChevronLeft className="size-4" aria-hidden />
      </Button>
      <input
        type="number"
        aria-label="Page"
        min={1}
        max={pages}
        value={page}
        onChange={({ target }) => {
          const wanted = Number(target.value);
          if (Number.isInteger(wanted) && wanted >= 1 && wanted <= pages) onPage(wanted);
        }}
        className="h-7 w-12 rounded-md border border-line bg-surface px-1 text-center text-sm tabular-nums"
      />
      <span className="text-xs text-muted tabular-nums">of {pages}</span>
      <Button
        variant="ghost"
        icon
        size="sm"
        aria-label="Next page"
        disabled={page >= pages}
        onClick={() => onPage(page + 1)}
      >
        <ChevronRight className="size-4" aria-hidden />
      </Button>
    </nav>
  );
}
