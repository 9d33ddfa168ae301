import { projectPolicy } from '@llmops/db';
import { jsonb, text, timestamp } from 'drizzle-orm/pg-core';
import { dataSchema } from '../../db/schema.ts';
import type { TableProfile } from '../../profile/index.ts';

/** A version's profile, made once; goes when the version does (a foreign key of the migration). */
export const versionProfiles = dataSchema.table(
  'version_profiles',
  {
    versionId: text('version_id').primaryKey(),
    projectId: text('project_id').notNull(),
    jobId: text('job_id').notNull(),
    /** Null until it is made. */
    profile: jsonb('profile').$type<TableProfile>(),
    updateTime: timestamp('update_time', { withTimezone: true }).notNull().defaultNow(),
  },
  () => [projectPolicy()],
);
