import { projectPolicy } from '@llmops/db';
import { sql } from 'drizzle-orm';
import { bigint, index, integer, primaryKey, smallint, text, timestamp } from 'drizzle-orm/pg-core';
import { retrievalSchema } from '../../db/schema.ts';

/** `deleting`: the document is gone, its chunks are being removed. */
export const indexDocumentState = [
  'pending',
  'parsing',
  'chunking',
  'embedding',
  'writing',
  'deleting',
  'indexed',
  'failed',
] as const;

/** Every document in every index version that is kept: where it is on its way in. Also the list of what is to be done. */
export const indexDocuments = retrievalSchema.table(
  'index_documents',
  {
    indexVersionId: text('index_version_id').notNull(),
    documentId: text('document_id').notNull(),
    documentOrdinal: bigint('document_ordinal', { mode: 'number' }).notNull(),
    organizationId: text('organization_id').notNull(),
    projectId: text('project_id').notNull(),
    knowledgeBaseId: text('knowledge_base_id').notNull(),
    /** Of the document, as it is to be indexed. */
    generation: integer('generation').notNull(),
    state: text('state', { enum: indexDocumentState }).notNull().default('pending'),
    /** 0: read in this process; 1: by a parser process. Each has its own room, so that neither waits for the other. */
    lane: smallint('lane').notNull().default(0),
    /** Times that a worker took it up and did not put it down. */
    crashes: smallint('crashes').notNull().default(0),
    leaseOwner: text('lease_owner'),
    leaseExpireTime: timestamp('lease_expire_time', { withTimezone: true }),
    /** Not to be taken up before. */
    nextAttemptTime: timestamp('next_attempt_time', { withTimezone: true }).notNull().defaultNow(),
    /** When this generation was first taken up: what waits for others too long fails. */
    startTime: timestamp('start_time', { withTimezone: true }),
    errorCode: text('error_code').notNull().default(''),
    errorMessage: text('error_message').notNull().default(''),
    /** What is in the index: nothing when the hash is null. */
    indexedSha256: text('indexed_sha256'),
    chunkCount: integer('chunk_count').notNull().default(0),
    indexTime: timestamp('index_time', { withTimezone: true }),
    updateTime: timestamp('update_time', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.indexVersionId, table.documentId] }),
    index('index_documents_to_do')
      .on(table.indexVersionId, table.lane, table.documentOrdinal)
      .where(sql`state not in ('indexed', 'failed')`),
    index('index_documents_by_state').on(table.indexVersionId, table.state, table.documentId),
    index('index_documents_by_document').on(table.documentId),
    projectPolicy(),
  ],
);
