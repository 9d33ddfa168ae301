import { projectPolicy } from '@llmops/db';
import { bigint, index, jsonb, text, timestamp } from 'drizzle-orm/pg-core';
import { dataSchema } from '../../db/schema.ts';

/** A part that has arrived: an object of kind `parts`. */
interface UploadPart {
  sha256: string;
  sizeBytes: number;
}

export const uploads = dataSchema.table(
  'uploads',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id').notNull(),
    projectId: text('project_id').notNull(),
    fileName: text('file_name').notNull(),
    mediaType: text('media_type').notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    receivedBytes: bigint('received_bytes', { mode: 'number' }).notNull().default(0),
    /** In order; empty again when the upload is complete. */
    parts: jsonb('parts').$type<UploadPart[]>().notNull().default([]),
    expectedSha256: text('expected_sha256').notNull(),
    /** Of the whole, an object of kind `files`; null until complete. */
    sha256: text('sha256'),
    createdBy: text('created_by').notNull(),
    createTime: timestamp('create_time', { withTimezone: true }).notNull().defaultNow(),
    expireTime: timestamp('expire_time', { withTimezone: true }).notNull(),
  },
  (table) => [index('uploads_by_expiry').on(table.expireTime), projectPolicy()],
);
