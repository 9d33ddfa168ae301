import type { Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { and, eq, gt, inArray, lt } from 'drizzle-orm';
import { uploads } from './upload.table.ts';

export type UploadRow = typeof uploads.$inferSelect;
export type UploadPart = UploadRow['parts'][number];

@Injectable()
export class UploadRepository {
  async insert(tx: Transaction, row: typeof uploads.$inferInsert): Promise<UploadRow> {
    const [inserted] = await tx.insert(uploads).values(row).returning();
    return inserted!;
  }

  /** `lock` keeps other parts of it out until the transaction ends. */
  async find(tx: Transaction, projectId: string, id: string, lock = false): Promise<UploadRow | undefined> {
    const query = tx
      .select()
      .from(uploads)
      .where(and(one(projectId, id), gt(uploads.expireTime, new Date())));
    const [row] = await (lock ? query.for('update') : query);
    return row;
  }

  async update(tx: Transaction, { projectId, id }: UploadRow, change: Partial<UploadRow>): Promise<UploadRow> {
    const [row] = await tx.update(uploads).set(change).where(one(projectId, id)).returning();
    return row!;
  }

  async delete(tx: Transaction, projectId: string, id: string): Promise<UploadRow | undefined> {
    const [row] = await tx.delete(uploads).where(one(projectId, id)).returning();
    return row;
  }

  /** Those whose time is over, of all projects. */
  deleteExpired(tx: Transaction, limit: number): Promise<UploadRow[]> {
    const over = tx.select({ id: uploads.id }).from(uploads).where(lt(uploads.expireTime, new Date())).limit(limit);
    return tx.delete(uploads).where(inArray(uploads.id, over)).returning();
  }

  /** Hashes of `files` and `parts` that uploads of the project hold. */
  async hashes(tx: Transaction, projectId: string): Promise<Set<string>> {
    const rows = await tx
      .select({ sha256: uploads.sha256, parts: uploads.parts })
      .from(uploads)
      .where(eq(uploads.projectId, projectId));
    return new Set(
      rows.flatMap(({ sha256, parts }) => [...(sha256 ? [sha256] : []), ...parts.map((one) => one.sha256)]),
    );
  }
}

const one = (projectId: string, id: string) => and(eq(uploads.projectId, projectId), eq(uploads.id, id));
