import type { Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { and, desc, eq, sql } from 'drizzle-orm';
import { sessions } from './session.table.ts';

export type SessionRow = typeof sessions.$inferSelect;

@Injectable()
export class SessionRepository {
  /** The most recently active first, at most `limit`, after the one active at `before.lastMs` (ms). */
  page(
    tx: Transaction,
    projectId: string,
    before: { lastMs: number; id: string } | undefined,
    limit: number,
  ): Promise<SessionRow[]> {
    const after =
      before &&
      sql`(${sessions.lastTime}, ${sessions.id}) < (${new Date(before.lastMs).toISOString()}::timestamptz, ${before.id})`;
    return tx
      .select()
      .from(sessions)
      .where(and(eq(sessions.projectId, projectId), after))
      .orderBy(desc(sessions.lastTime), desc(sessions.id))
      .limit(limit);
  }
}
