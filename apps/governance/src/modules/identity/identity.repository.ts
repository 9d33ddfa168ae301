import type { Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { eq, lt, sql } from 'drizzle-orm';
import { sessions } from './session.table.ts';
import { users } from './user.table.ts';

export type UserRow = typeof users.$inferSelect;

@Injectable()
export class IdentityRepository {
  async userByEmail(tx: Transaction, email: string): Promise<UserRow | undefined> {
    const [row] = await tx.select().from(users).where(eq(users.email, email.toLowerCase()));
    return row;
  }

  async user(tx: Transaction, id: string): Promise<UserRow | undefined> {
    const [row] = await tx.select().from(users).where(eq(users.id, id));
    return row;
  }

  async insertUser(tx: Transaction, row: typeof users.$inferInsert): Promise<void> {
    await tx.insert(users).values({ ...row, email: row.email.toLowerCase() });
  }

  async setPassword(tx: Transaction, id: string, passwordHash: string): Promise<void> {
    await tx.update(users).set({ passwordHash }).where(eq(users.id, id));
  }

  async insertSession(tx: Transaction, row: typeof sessions.$inferInsert): Promise<void> {
    await tx.insert(sessions).values(row);
  }

  /** Ends every session of a user; returns their token hashes. */
  async deleteSessions(tx: Transaction, userId: string): Promise<string[]> {
    const rows = await tx.delete(sessions).where(eq(sessions.userId, userId)).returning();
    return rows.map((row) => row.tokenHash);
  }

  /** Removes sessions that ran out; returns their token hashes. */
  async deleteExpiredSessions(tx: Transaction): Promise<string[]> {
    const rows = await tx.delete(sessions).where(lt(sessions.expireTime, sql`now()`)).returning();
    return rows.map((row) => row.tokenHash);
  }
}
