import type { Chunk, Region } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { overlapping, type TextRange } from './text-segments.ts';

type Place = Pick<Chunk, 'start' | 'end'>;

/**
 * The chunks that a passage is made of: it has at least half of each, or each at least half of it. Neighbours that only
 * repeat its edge are left out.
 */
export function citedChunks<T extends Place>(chunks: readonly T[], passage: TextRange): T[] {
  return overlapping(chunks, passage).filter(({ start, end }) => {
    const shared = Math.min(end, passage.end) - Math.max(start, passage.start);
    return shared * 2 >= Math.min(end - start, passage.end - passage.start);
  });
}

/** Where chunks are printed on one page. */
export const regionsOn = (chunks: readonly Pick<Chunk, 'regions'>[], page: number): Region[] =>
  chunks.flatMap(({ regions }) => regions.filter((region) => region.page === page));
