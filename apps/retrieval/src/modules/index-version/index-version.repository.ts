import type { Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { and, desc, eq, isNull, lt, ne, sql } from 'drizzle-orm';
import { knowledgeBases } from '../knowledge-base/knowledge-base.table.ts';
import { type IndexModel, indexVersions, type ResolvedSettings } from './index-version.table.ts';

export type { IndexModel, ResolvedSettings };
export type IndexVersionRow = typeof indexVersions.$inferSelect;
export type NewIndexVersionRow = typeof indexVersions.$inferInsert;

/** Which versions a knowledge base answers from; held for the transaction. */
export interface LiveVersions {
  live: string;
  previous: string | null;
}

export interface VersionCounts {
  total: number;
  pending: number;
  indexed: number;
  failed: number;
}

const noCounts: VersionCounts = { total: 0, pending: 0, indexed: 0, failed: 0 };

@Injectable()
export class IndexVersionRepository {
  /** Held so that no document comes and no version is switched meanwhile. Undefined when there is no such one. */
  async lockKnowledgeBase(tx: Transaction, knowledgeBaseId: string): Promise<LiveVersions | undefined> {
    const [row] = await tx
      .select({ live: knowledgeBases.liveIndexVersion, previous: knowledgeBases.previousIndexVersion })
      .from(knowledgeBases)
      .where(and(eq(knowledgeBases.id, knowledgeBaseId), isNull(knowledgeBases.deleteTime)))
      .for('update');
    return row;
  }

  async liveVersions(tx: Transaction, knowledgeBaseId: string): Promise<LiveVersions | undefined> {
    const [row] = await tx
      .select({ live: knowledgeBases.liveIndexVersion, previous: knowledgeBases.previousIndexVersion })
      .from(knowledgeBases)
      .where(and(eq(knowledgeBases.id, knowledgeBaseId), isNull(knowledgeBases.deleteTime)));
    return row;
  }

  async setLive(tx: Transaction, knowledgeBaseId: string, live: string, previous: string | null): Promise<void> {
    await tx
      .update(knowledgeBases)
      .set({ liveIndexVersion: live, previousIndexVersion: previous, updateTime: new Date() })
      .where(eq(knowledgeBases.id, knowledgeBaseId));
  }

  async insert(tx: Transaction, row: NewIndexVersionRow): Promise<IndexVersionRow> {
    const [inserted] = await tx.insert(indexVersions).values(row).returning();
    await tx.execute(sql`select create_index_partitions(${row.id}, ${row.models.length})`);
    return inserted!;
  }

  /** Puts every document of the knowledge base on the version's list of work. */
  async enlistDocuments(tx: Transaction, version: IndexVersionRow): Promise<void> {
    await tx.execute(sql`
      insert into index_documents (index_version_id, document_id, document_ordinal, organization_id, project_id,
        knowledge_base_id, generation, lane)
      select ${version.id}, d.id, d.ordinal, d.organization_id, d.project_id, d.knowledge_base_id, d.generation, d.lane
      from documents d where d.knowledge_base_id = ${version.knowledgeBaseId}`);
  }

  async lastOrdinal(tx: Transaction, knowledgeBaseId: string): Promise<number> {
    const { rows } = await tx.execute<{ last: string }>(
      sql`select coalesce(max(ordinal), 0) as last from documents where knowledge_base_id = ${knowledgeBaseId}`,
    );
    return Number(rows[0]!.last);
  }

  async get(tx: Transaction, knowledgeBaseId: string, id: string): Promise<IndexVersionRow | undefined> {
    const [row] = await tx
      .select()
      .from(indexVersions)
      .where(and(eq(indexVersions.id, id), eq(indexVersions.knowledgeBaseId, knowledgeBaseId)));
    return row;
  }

  async page(tx: Transaction, knowledgeBaseId: string, before: number | undefined, limit: number) {
    return tx
      .select()
      .from(indexVersions)
      .where(
        and(
          eq(indexVersions.knowledgeBaseId, knowledgeBaseId),
          ne(indexVersions.state, 'deleting'),
          before === undefined ? undefined : lt(indexVersions.number, before),
        ),
      )
      .orderBy(desc(indexVersions.number))
      .limit(limit);
  }

  /** Versions that are kept, and the next free number. */
  async countAndNext(tx: Transaction, knowledgeBaseId: string): Promise<{ kept: number; next: number }> {
    const [row] = await tx
      .select({
        kept: sql<number>`(count(*) filter (where ${indexVersions.state} <> 'deleting'))::int`,
        next: sql<number>`coalesce(max(${indexVersions.number}), 0) + 1`,
      })
      .from(indexVersions)
      .where(eq(indexVersions.knowledgeBaseId, knowledgeBaseId));
    return row!;
  }

  async change(tx: Transaction, id: string, change: Partial<NewIndexVersionRow>): Promise<void> {
    await tx.update(indexVersions).set(change).where(eq(indexVersions.id, id));
  }

  /** What a search can find changed, though no document came or went: metadata, ACLs. */
  async touch(tx: Transaction, knowledgeBaseId: string): Promise<void> {
    await tx
      .update(indexVersions)
      .set({ revision: sql`${indexVersions.revision} + 1` })
      .where(and(eq(indexVersions.knowledgeBaseId, knowledgeBaseId), ne(indexVersions.state, 'deleting')));
  }

  /** By version id. */
  async counts(tx: Transaction, ids: readonly string[]): Promise<(id: string) => VersionCounts> {
    if (ids.length === 0) return () => noCounts;
    const { rows } = await tx.client.query<VersionCounts & { id: string }>(
      `select index_version_id as id, count(*)::int as total,
         count(*) filter (where state = 'indexed')::int as indexed,
         count(*) filter (where state = 'failed')::int as failed,
         count(*) filter (where state not in ('indexed', 'failed'))::int as pending
       from index_documents where index_version_id = any($1) and state <> 'deleting' group by 1`,
      [ids],
    );
    const found = new Map(rows.map(({ id, ...counts }) => [id, counts]));
    return (id) => found.get(id) ?? noCounts;
  }

  async chunkCounts(tx: Transaction, ids: readonly string[]): Promise<Map<string, number>> {
    if (ids.length === 0) return new Map();
    const { rows } = await tx.client.query<{ id: string; chunks: string }>(
      'select id, chunk_count as chunks from index_versions where id = any($1)',
      [ids],
    );
    return new Map(rows.map(({ id, chunks }) => [id, Number(chunks)]));
  }

  async sizeBytes(tx: Transaction, id: string): Promise<number> {
    const { rows } = await tx.execute<{ size: string }>(sql`select index_size_bytes(${id}) as size`);
    return Number(rows[0]!.size);
  }
}
