import { projectPolicy } from '@llmops/db';
import { index, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { bytea, retrievalSchema } from '../../db/schema.ts';
import { halfvec } from '../index-version/vector.table.ts';

/** Embeddings by what was embedded: a chunk that did not change is not embedded again, in whatever document or version. */
export const embeddingCache = retrievalSchema.table(
  'embedding_cache',
  {
    projectId: text('project_id').notNull(),
    modelDigest: text('model_digest').notNull(),
    textHash: bytea('text_hash').notNull(),
    embedding: halfvec('embedding').notNull(),
    /** To the day: what nobody used for long is dropped. */
    useTime: timestamp('use_time', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.projectId, table.modelDigest, table.textHash] }),
    index('embedding_cache_by_use').on(table.useTime),
    projectPolicy(),
  ],
);
