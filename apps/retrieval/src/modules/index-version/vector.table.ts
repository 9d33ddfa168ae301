import { projectPolicy } from '@llmops/db';
import { bigint, customType, index, primaryKey, text } from 'drizzle-orm/pg-core';
import { retrievalSchema } from '../../db/schema.ts';

/** Of any length: each partition holds vectors of one model. */
export const halfvec = customType<{ data: string }>({ dataType: () => 'halfvec' });

/** Partitioned by `<index version>:<slot of the model>`, so that each has an HNSW index of its own length. */
export const vectors = retrievalSchema.table(
  'vectors',
  {
    partition: text('partition').notNull(),
    chunkOrdinal: bigint('chunk_ordinal', { mode: 'number' }).notNull(),
    projectId: text('project_id').notNull(),
    documentOrdinal: bigint('document_ordinal', { mode: 'number' }).notNull(),
    embedding: halfvec('embedding').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.partition, table.chunkOrdinal] }),
    index('vectors_by_document').on(table.partition, table.documentOrdinal),
    projectPolicy(),
  ],
);
