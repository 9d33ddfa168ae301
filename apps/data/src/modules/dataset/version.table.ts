import { projectPolicy } from '@llmops/db';
import { bigint, index, integer, jsonb, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import { dataSchema } from '../../db/schema.ts';
import type { FileFormat } from '../../formats/index.ts';
import type { RowShape } from '../../shapes/index.ts';
import type { ColumnType, JsonSchema } from '../../versions/index.ts';
import type { SplitPlan, VersionLineage, VersionSplit } from './version-parts.ts';

export const verdicts = ['', 'passed', 'warned', 'blocked'] as const;

export const datasetVersions = dataSchema.table(
  'dataset_versions',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id').notNull(),
    projectId: text('project_id').notNull(),
    datasetId: text('dataset_id').notNull(),
    number: integer('number').notNull(),
    digest: text('digest').notNull(),
    /** The object that lists the chunks. */
    manifestObject: text('manifest_object').notNull(),
    rowCount: bigint('row_count', { mode: 'number' }).notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    addedBytes: bigint('added_bytes', { mode: 'number' }).notNull(),
    shape: text('shape').$type<RowShape>().notNull(),
    format: text('format').$type<FileFormat | ''>().notNull(),
    schema: jsonb('schema').$type<JsonSchema>().notNull(),
    columns: jsonb('columns').$type<ColumnType[]>().notNull(),
    keyColumns: jsonb('key_columns').$type<string[]>().notNull(),
    splits: jsonb('splits').$type<VersionSplit[]>().notNull(),
    /** The object that holds each row's split as one byte: 0 for none, else its place in `splits` from 1. */
    splitObject: text('split_object'),
    splitPlan: jsonb('split_plan').$type<SplitPlan>(),
    lineage: jsonb('lineage').$type<VersionLineage>().notNull(),
    verdict: text('verdict', { enum: verdicts }).notNull().default(''),
    message: text('message').notNull(),
    createdBy: text('created_by').notNull(),
    createTime: timestamp('create_time', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('dataset_versions_by_number').on(table.datasetId, table.number),
    uniqueIndex('dataset_versions_by_digest').on(table.datasetId, table.digest),
    index('dataset_versions_by_project').on(table.projectId),
    projectPolicy(),
  ],
);

/** Names that move from version to version. */
export const datasetTags = dataSchema.table(
  'dataset_tags',
  {
    projectId: text('project_id').notNull(),
    datasetId: text('dataset_id').notNull(),
    name: text('name').notNull(),
    versionId: text('version_id').notNull(),
    updateTime: timestamp('update_time', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.datasetId, table.name] }),
    index('dataset_tags_by_version').on(table.versionId),
    projectPolicy(),
  ],
);
