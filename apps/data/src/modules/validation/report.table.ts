import type { JsonValue } from '@bufbuild/protobuf';
import { projectPolicy } from '@llmops/db';
import { bigint, index, jsonb, text, timestamp } from 'drizzle-orm/pg-core';
import type { CheckReport } from '../../checks/index.ts';
import { dataSchema } from '../../db/schema.ts';

/** A finding with the row it repeats by its id. */
export type StoredFinding = CheckReport['findings'][number] & { readonly otherRowId?: string };
export type StoredResult = Omit<CheckReport, 'findings'> & { readonly findings: readonly StoredFinding[] };

/** What a suite found in a version; goes when the version does (a foreign key of the migration). */
export const validationReports = dataSchema.table(
  'validation_reports',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id').notNull(),
    projectId: text('project_id').notNull(),
    datasetId: text('dataset_id').notNull(),
    versionId: text('version_id').notNull(),
    /** Empty for the built-in suite. */
    suiteId: text('suite_id').notNull(),
    /** As the suite was then. */
    checks: jsonb('checks').$type<JsonValue[]>().notNull(),
    jobId: text('job_id').notNull(),
    rowsTotal: bigint('rows_total', { mode: 'number' }).notNull(),
    /** Null until it has ended. */
    verdict: text('verdict', { enum: ['passed', 'warned', 'blocked'] }),
    results: jsonb('results').$type<StoredResult[]>(),
    createTime: timestamp('create_time', { withTimezone: true }).notNull().defaultNow(),
    endTime: timestamp('end_time', { withTimezone: true }),
  },
  (table) => [
    index('validation_reports_by_dataset').on(table.projectId, table.datasetId, table.id),
    index('validation_reports_by_version').on(table.versionId, table.suiteId, table.id),
    projectPolicy(),
  ],
);
