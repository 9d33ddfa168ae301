import { projectPolicy } from '@llmops/db';
import { bigint, integer, jsonb, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import { bytea, retrievalSchema } from '../../db/schema.ts';

/** What an index is built by, with every default filled in. */
export interface ResolvedSettings {
  embeddingModels: string[];
  chunker: { maxTokens: number; overlapTokens: number; parentTokens: number };
  noLexical: boolean;
}

/** Of each model, in the order of the settings; the place in the list is the vectors' slot. */
export interface IndexModel {
  name: string;
  /** Of its artifact; vectors of another digest must not be compared with these. */
  digest: string;
  dimensions: number;
}

export const indexVersionState = ['building', 'ready', 'failed', 'deleting'] as const;

export const indexVersions = retrievalSchema.table(
  'index_versions',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id').notNull(),
    projectId: text('project_id').notNull(),
    knowledgeBaseId: text('knowledge_base_id').notNull(),
    number: integer('number').notNull(),
    settings: jsonb('settings').$type<ResolvedSettings>().notNull(),
    models: jsonb('models').$type<IndexModel[]>().notNull(),
    parserVersion: text('parser_version').notNull(),
    chunkerVersion: text('chunker_version').notNull(),
    analyzerVersion: text('analyzer_version').notNull(),
    /** Which of the ready ones is live says the knowledge base. */
    state: text('state', { enum: indexVersionState }).notNull(),
    error: text('error').notNull().default(''),
    /** Grows in the transaction that changes what a search can find. */
    revision: bigint('revision', { mode: 'number' }).notNull().default(0),
    /** Hash of the set of documents in it, which can be added to and taken from. */
    documentSet: bytea('document_set').notNull(),
    /** Over settings, models, versions of our code and the set of documents; always of this revision. */
    digest: text('digest').notNull(),
    chunkCount: bigint('chunk_count', { mode: 'number' }).notNull().default(0),
    embeddedChunks: bigint('embedded_chunks', { mode: 'number' }).notNull().default(0),
    reusedChunks: bigint('reused_chunks', { mode: 'number' }).notNull().default(0),
    /** Slots whose vectors have an HNSW index; the others are searched exactly. */
    hnswSlots: integer('hnsw_slots').array().notNull().default([]),
    /** Documents up to this one must be done before the version is ready. */
    lastOrdinal: bigint('last_ordinal', { mode: 'number' }).notNull(),
    probe: jsonb('probe').$type<Record<string, unknown>>(),
    createdBy: text('created_by').notNull(),
    createTime: timestamp('create_time', { withTimezone: true }).notNull().defaultNow(),
    readyTime: timestamp('ready_time', { withTimezone: true }),
  },
  (table) => [uniqueIndex('index_versions_by_number').on(table.knowledgeBaseId, table.number), projectPolicy()],
);
