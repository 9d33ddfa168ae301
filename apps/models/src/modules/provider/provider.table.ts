import { projectPolicy } from '@llmops/db';
import { jsonb, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { modelsSchema } from '../../db/schema.ts';

export interface ProviderModelRow {
  /** Its name upstream. */
  id: string;
  /** Number of the contract's Task. */
  task: number;
  priceKey: string;
}

export const providers = modelsSchema.table(
  'providers',
  {
    organizationId: text('organization_id').notNull(),
    projectId: text('project_id').notNull(),
    id: text('id').notNull(),
    baseUrl: text('base_url').notNull(),
    models: jsonb('models').$type<ProviderModelRow[]>().notNull(),
    /** Sealed with the installation's master key; null for none. */
    sealedApiKey: text('sealed_api_key'),
    createdBy: text('created_by').notNull(),
    createTime: timestamp('create_time', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.id] }), projectPolicy()],
);
