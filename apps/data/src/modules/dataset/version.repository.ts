import type { Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { and, desc, eq, inArray, lt, ne, sql } from 'drizzle-orm';
import { datasetTags, datasetVersions, type verdicts } from './version.table.ts';

export type VersionRow = typeof datasetVersions.$inferSelect;
export type NewVersionRow = typeof datasetVersions.$inferInsert;
export type Verdict = (typeof verdicts)[number];

export interface TaggedVersion extends VersionRow {
  tags: string[];
}

@Injectable()
export class VersionRepository {
  /** Newest first. */
  async list(tx: Transaction, datasetId: string, limit: number, before?: number): Promise<TaggedVersion[]> {
    const rows = await tx
      .select()
      .from(datasetVersions)
      .where(
        and(
          eq(datasetVersions.datasetId, datasetId),
          before === undefined ? undefined : lt(datasetVersions.number, before),
        ),
      )
      .orderBy(desc(datasetVersions.number))
      .limit(limit);
    return this.#withTags(tx, rows);
  }

  async byId(tx: Transaction, projectId: string, id: string): Promise<TaggedVersion | undefined> {
    return this.#one(tx, and(eq(datasetVersions.projectId, projectId), eq(datasetVersions.id, id)));
  }

  async byNumber(tx: Transaction, datasetId: string, number: number): Promise<TaggedVersion | undefined> {
    return this.#one(tx, and(eq(datasetVersions.datasetId, datasetId), eq(datasetVersions.number, number)));
  }

  async byDigest(tx: Transaction, datasetId: string, digest: string): Promise<TaggedVersion | undefined> {
    return this.#one(tx, and(eq(datasetVersions.datasetId, datasetId), eq(datasetVersions.digest, digest)));
  }

  async byTag(tx: Transaction, datasetId: string, name: string): Promise<TaggedVersion | undefined> {
    const [tag] = await tx
      .select()
      .from(datasetTags)
      .where(and(eq(datasetTags.datasetId, datasetId), eq(datasetTags.name, name)));
    return tag && this.#one(tx, eq(datasetVersions.id, tag.versionId));
  }

  async insert(tx: Transaction, row: NewVersionRow): Promise<TaggedVersion> {
    const [inserted] = await tx.insert(datasetVersions).values(row).returning();
    return { ...inserted!, tags: [] };
  }

  async setTag(tx: Transaction, version: VersionRow, name: string): Promise<void> {
    const { projectId, datasetId, id } = version;
    await tx
      .insert(datasetTags)
      .values({ projectId, datasetId, name, versionId: id })
      .onConflictDoUpdate({
        target: [datasetTags.datasetId, datasetTags.name],
        set: { versionId: id, updateTime: new Date() },
      });
  }

  async removeTag(tx: Transaction, version: VersionRow, name: string): Promise<void> {
    await tx.delete(datasetTags).where(and(eq(datasetTags.versionId, version.id), eq(datasetTags.name, name)));
  }

  async setVerdict(tx: Transaction, id: string, verdict: Verdict): Promise<void> {
    await tx.update(datasetVersions).set({ verdict }).where(eq(datasetVersions.id, id));
  }

  /** A version of another dataset that was made from one of this dataset's. */
  async childElsewhere(tx: Transaction, datasetId: string): Promise<{ id: string; parent: string } | undefined> {
    const own = tx
      .select({ id: datasetVersions.id })
      .from(datasetVersions)
      .where(eq(datasetVersions.datasetId, datasetId));
    const [child] = await tx
      .select({ id: datasetVersions.id, lineage: datasetVersions.lineage })
      .from(datasetVersions)
      .where(
        and(
          ne(datasetVersions.datasetId, datasetId),
          sql`exists (select 1 from jsonb_array_elements_text(${datasetVersions.lineage} -> 'parentVersions') parent where parent in (${own}))`,
        ),
      )
      .limit(1);
    return child && { id: child.id, parent: child.lineage.parentVersions[0] ?? '' };
  }

  /** Objects that the project's versions refer to, beside the chunks that their manifests list. */
  async objects(tx: Transaction, projectId: string): Promise<{ manifestObject: string; splitObject: string | null }[]> {
    return tx
      .selectDistinct({ manifestObject: datasetVersions.manifestObject, splitObject: datasetVersions.splitObject })
      .from(datasetVersions)
      .where(eq(datasetVersions.projectId, projectId));
  }

  /** Until the transaction ends, the project's objects are either swept or committed to a version, not both. */
  async lockObjects(tx: Transaction, projectId: string): Promise<void> {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('data.objects'), hashtext(${projectId}))`);
  }

  async #one(tx: Transaction, condition: ReturnType<typeof and>): Promise<TaggedVersion | undefined> {
    const rows = await tx.select().from(datasetVersions).where(condition).limit(1);
    const [version] = await this.#withTags(tx, rows);
    return version;
  }

  async #withTags(tx: Transaction, rows: VersionRow[]): Promise<TaggedVersion[]> {
    if (rows.length === 0) return [];
    const ids = rows.map((row) => row.id);
    const tags = await tx
      .select()
      .from(datasetTags)
      .where(inArray(datasetTags.versionId, ids))
      .orderBy(datasetTags.name);
    return rows.map((row) => ({
      ...row,
      tags: tags.filter((tag) => tag.versionId === row.id).map((tag) => tag.name),
    }));
  }
}
