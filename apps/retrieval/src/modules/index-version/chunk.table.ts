import { projectPolicy } from '@llmops/db';
import { bigint, index, integer, jsonb, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytea, retrievalSchema } from '../../db/schema.ts';

/** Where a chunk is printed: fractions of the page from its top left. */
export interface ChunkRegion {
  page: number;
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** Numbers chunks: what vectors and lexical segments know them by. */
export const chunkOrdinals = retrievalSchema.sequence('chunk_ordinals');

/** Partitioned by index version: a version is dropped at once. */
export const chunks = retrievalSchema.table(
  'chunks',
  {
    indexVersionId: text('index_version_id').notNull(),
    ordinal: bigint('ordinal', { mode: 'number' }).notNull(),
    id: text('id').notNull(),
    projectId: text('project_id').notNull(),
    documentId: text('document_id').notNull(),
    documentOrdinal: bigint('document_ordinal', { mode: 'number' }).notNull(),
    /** Within its document, from 0. */
    position: integer('position').notNull(),
    /** Exactly the document's text from `start` to `end`. */
    text: text('text').notNull(),
    /** The header of a table whose later piece this is; read before `text`. */
    prefix: text('prefix').notNull(),
    headingPath: text('heading_path').array().notNull(),
    start: integer('start').notNull(),
    end: integer('end').notNull(),
    parentStart: integer('parent_start').notNull(),
    parentEnd: integer('parent_end').notNull(),
    /** 0 where there are no pages. */
    page: integer('page').notNull(),
    pageEnd: integer('page_end').notNull(),
    regions: jsonb('regions').$type<ChunkRegion[]>().notNull(),
    tokens: integer('tokens').notNull(),
    kind: text('kind').notNull(),
    /** sha256 of what was embedded: the key in the cache of embeddings. */
    textHash: bytea('text_hash').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.indexVersionId, table.ordinal] }),
    index('chunks_by_id').on(table.indexVersionId, table.id),
    index('chunks_by_document').on(table.indexVersionId, table.documentOrdinal, table.position),
    projectPolicy(),
  ],
);
