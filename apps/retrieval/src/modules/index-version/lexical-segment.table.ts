import { projectPolicy } from '@llmops/db';
import { bigserial, index, integer, smallint, text, timestamp } from 'drizzle-orm/pg-core';
import { bytea, retrievalSchema } from '../../db/schema.ts';

/** Immutable pieces of an index version's lexical index; the list of them is the index. */
export const lexicalSegments = retrievalSchema.table(
  'lexical_segments',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    indexVersionId: text('index_version_id').notNull(),
    projectId: text('project_id').notNull(),
    /** How often it was merged. */
    level: smallint('level').notNull(),
    docCount: integer('doc_count').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    data: bytea('data').notNull(),
    createTime: timestamp('create_time', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('lexical_segments_by_version').on(table.indexVersionId, table.level), projectPolicy()],
);
