import type { Chunk } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { cx } from '@llmops/ui';
import { useEffect, useRef } from 'react';
import { excerptOf } from './matched-text.ts';

interface ChunkListProps {
  chunks: readonly Chunk[];
  /** Those that are marked. */
  cited: readonly Chunk[];
  onOpen: (chunk: Chunk) => void;
}

/** What the document was cut into; a click marks the place. */
export function ChunkList({ chunks, cited, onOpen }: ChunkListProps) {
  const list = useRef<HTMLOListElement>(null);
  const first = cited[0]?.id;
  useEffect(() => {
    const item = list.current?.querySelector<HTMLElement>('[aria-current]');
    // By hand: scrollIntoView would move the page as well.
    if (item && list.current) list.current.scrollTop = item.offsetTop - list.current.clientHeight / 3;
  }, [first]);
  return (
    <ol
      ref={list}
      aria-label="Chunks"
      className="scroll-thin relative max-h-[28rem] divide-y divide-line overflow-y-auto xl:max-h-[calc(100dvh-12rem)]"
    >
      {chunks.map((chunk) => {
        const isCited = cited.includes(chunk);
        return (
          <li key={chunk.id} className="[content-visibility:auto] [contain-intrinsic-size:auto_64px]">
            <button
              type="button"
              aria-current={isCited || undefined}
              onClick={() => onOpen(chunk)}
              className={cx(
                'flex w-full gap-2.5 border-l-2 px-3 py-2 text-left -outline-offset-2 hover:bg-hover/60',
                isCited ? 'border-accent bg-hover/60' : 'border-transparent',
              )}
            >
              <span className="w-6 shrink-0 text-right text-xs text-faint tabular-nums">{chunk.ordinal + 1}</span>
              <span className="min-w-0 flex-1">
                <span className="flex items-baseline gap-2">
                  <span className="min-w-0 flex-1 truncate font-medium">
                    {chunk.headingPath.at(-1) ?? <span className="text-faint">No heading</span>}
                  </span>
                  <span className="shrink-0 text-2xs text-faint tabular-nums">
                    {chunk.page > 0 && `p. ${chunk.page} · `}
                    {chunk.tokens} tokens
                  </span>
                </span>
                <span className="line-clamp-2 text-xs break-words text-muted">{excerptOf(chunk.text)}</span>
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}
