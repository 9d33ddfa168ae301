import type { Chunk } from '../../chunking/index.ts';
import type { ChunkRow } from '../index-version/index.ts';

export const toChunk = (row: ChunkRow) => ({
  id: row.id,
  document: row.documentId,
  ordinal: row.position,
  text: row.text,
  headingPath: row.headingPath,
  start: row.start,
  end: row.end,
  page: row.page,
  pageEnd: row.pageEnd,
  regions: row.regions,
  tokens: row.tokens,
  kind: row.kind,
  parentStart: row.parentStart,
  parentEnd: row.parentEnd,
});

/** Of a chunk that is not kept. */
export const toPreviewChunk = (chunk: Chunk) => ({
  ordinal: chunk.ordinal,
  text: chunk.text,
  headingPath: chunk.headingPath,
  start: chunk.start,
  end: chunk.end,
  page: chunk.page ?? 0,
  pageEnd: chunk.pageEnd ?? chunk.page ?? 0,
  regions: chunk.boxes,
  tokens: chunk.tokens,
  kind: chunk.kind,
  parentStart: chunk.parentStart,
  parentEnd: chunk.parentEnd,
});
