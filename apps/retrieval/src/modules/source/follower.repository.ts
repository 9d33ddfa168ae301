import { recordOnce, type Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { and, arrayContains, eq, isNull, sql } from 'drizzle-orm';
import { inbox } from '../../db/schema.ts';
import { knowledgeBases } from '../knowledge-base/knowledge-base.table.ts';

@Injectable()
export class FollowerRepository {
  /** False for a message that had its effect already. */
  async isNew(tx: Transaction, durable: string, messageId: string): Promise<boolean> {
    return (await recordOnce(tx, inbox, durable, [messageId])).has(messageId);
  }

  /** Knowledge bases of a project that follow a source. */
  async followers(tx: Transaction, projectId: string, source: string): Promise<string[]> {
    const rows = await tx
      .select({ id: knowledgeBases.id })
      .from(knowledgeBases)
      .where(
        and(
          eq(knowledgeBases.projectId, projectId),
          isNull(knowledgeBases.deleteTime),
          arrayContains(knowledgeBases.sources, [source]),
        ),
      );
    return rows.map(({ id }) => id);
  }

  /** Whether it follows the source; undefined when it is not there. */
  async isFollowing(tx: Transaction, knowledgeBaseId: string, source: string): Promise<boolean | undefined> {
    const [row] = await tx
      .select({ sources: knowledgeBases.sources })
      .from(knowledgeBases)
      .where(and(eq(knowledgeBases.id, knowledgeBaseId), isNull(knowledgeBases.deleteTime)));
    return row?.sources.includes(source);
  }

  async unfollow(tx: Transaction, knowledgeBaseId: string, source: string): Promise<void> {
    await tx
      .update(knowledgeBases)
      .set({ sources: sql`array_remove(${knowledgeBases.sources}, ${source})`, updateTime: new Date() })
      .where(eq(knowledgeBases.id, knowledgeBaseId));
  }
}
