import { projectPolicy } from '@llmops/db';
import { boolean, index, jsonb, text, timestamp } from 'drizzle-orm/pg-core';
import type { LeakSearchResult } from '../../contamination/index.ts';
import { dataSchema } from '../../db/schema.ts';
import type { DriftVerdict } from '../../drift/index.ts';

export interface ContaminationResult {
  leaks: LeakSearchResult;
}

export interface DriftResult {
  columns: DriftVerdict[];
}

/** Two versions compared; goes when one of them does (foreign keys of the migration). */
export const comparisons = dataSchema.table(
  'version_comparisons',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id').notNull(),
    projectId: text('project_id').notNull(),
    kind: text('kind', { enum: ['contamination', 'drift'] }).notNull(),
    /** The protected version, or the reference. */
    firstVersion: text('first_version').notNull(),
    /** The candidate, or the current one. */
    secondVersion: text('second_version').notNull(),
    columns: jsonb('columns').$type<string[]>().notNull(),
    embeddings: boolean('embeddings').notNull(),
    model: text('model').notNull(),
    jobId: text('job_id').notNull(),
    result: jsonb('result').$type<ContaminationResult | DriftResult>(),
    createTime: timestamp('create_time', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('version_comparisons_by_project').on(table.projectId, table.kind, table.id), projectPolicy()],
);
