import { projectPolicy } from '@llmops/db';
import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, smallint, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import { bytea, retrievalSchema } from '../../db/schema.ts';

export const documents = retrievalSchema.table(
  'documents',
  {
    id: text('id').primaryKey(),
    /** What chunks and vectors know it by. */
    ordinal: bigint('ordinal', { mode: 'number' }).generatedAlwaysAsIdentity(),
    organizationId: text('organization_id').notNull(),
    projectId: text('project_id').notNull(),
    knowledgeBaseId: text('knowledge_base_id').notNull(),
    uri: text('uri').notNull(),
    displayName: text('display_name').notNull(),
    /** As the sender says. */
    declaredMediaType: text('declared_media_type').notNull().default(''),
    /** As found when it was read; until then what the sender says. */
    mediaType: text('media_type').notNull().default(''),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    sha256: text('sha256').notNull(),
    /** The file when it is small; larger ones are objects of kind `files`. */
    content: bytea('content'),
    metadata: jsonb('metadata').$type<Record<string, unknown>>().notNull().default({}),
    /** Principals that may find it; everyone in the project when empty. */
    acl: text('acl').array().notNull().default([]),
    /** Of `data`, with the path below it. */
    source: text('source'),
    sourceItem: text('source_item'),
    title: text('title').notNull().default(''),
    language: text('language').notNull().default(''),
    pageCount: integer('page_count').notNull().default(0),
    warnings: text('warnings').array().notNull().default([]),
    /** 0: read in this process; 1: by a parser process. */
    lane: smallint('lane').notNull().default(0),
    /** Grows with each change of the content: a worker that read an older one loses. */
    generation: integer('generation').notNull().default(1),
    createTime: timestamp('create_time', { withTimezone: true }).notNull().defaultNow(),
    updateTime: timestamp('update_time', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('documents_by_uri').on(table.knowledgeBaseId, sql`md5(${table.uri})`),
    uniqueIndex('documents_by_ordinal').on(table.ordinal),
    index('documents_by_knowledge_base').on(table.knowledgeBaseId, table.id),
    index('documents_by_source').on(table.knowledgeBaseId, table.source, sql`md5(${table.sourceItem})`),
    index('documents_by_content').on(table.projectId, table.sha256),
    // Asked by every search: whether any document has an ACL. What is asked of metadata and ACLs has no index of its own:
    // under row-level security Postgres takes only leakproof operators into an index, and theirs are not.
    index('documents_with_acl').on(table.knowledgeBaseId).where(sql`acl <> '{}'`),
    projectPolicy(),
  ],
);
