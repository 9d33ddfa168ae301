import type { Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { and, count, desc, eq, ilike, lt, or, sql } from 'drizzle-orm';
import { datasets } from './dataset.table.ts';
import { datasetTags, datasetVersions } from './version.table.ts';

export type DatasetRow = typeof datasets.$inferSelect;

export interface DatasetWithLatest extends DatasetRow {
  versionCount: number;
  latest: { id: string; rowCount: number; shape: string } | undefined;
}

export interface DatasetPage {
  limit: number;
  after: { updateTime: Date; id: string } | undefined;
  /** Words of the name; empty for all. */
  query: string;
}

@Injectable()
export class DatasetRepository {
  /** Last changed first. */
  async list(tx: Transaction, projectId: string, { limit, after, query }: DatasetPage): Promise<DatasetWithLatest[]> {
    const words = query.split(/\s+/).filter((word) => word !== '');
    const rows = await tx
      .select()
      .from(datasets)
      .where(
        and(
          eq(datasets.projectId, projectId),
          ...words.map((word) => ilike(datasets.displayName, `%${word.replace(/[\\%_]/g, '\\$&')}%`)),
          after &&
            or(
              lt(datasets.updateTime, after.updateTime),
              and(eq(datasets.updateTime, after.updateTime), lt(datasets.id, after.id)),
            ),
        ),
      )
      .orderBy(desc(datasets.updateTime), desc(datasets.id))
      .limit(limit);
    return Promise.all(rows.map((row) => this.#withLatest(tx, row)));
  }

  async get(tx: Transaction, projectId: string, id: string): Promise<DatasetWithLatest | undefined> {
    const [row] = await tx
      .select()
      .from(datasets)
      .where(and(eq(datasets.projectId, projectId), eq(datasets.id, id)));
    return row && this.#withLatest(tx, row);
  }

  /** Held until the transaction ends: one version at a time gets the next number. */
  async lock(tx: Transaction, projectId: string, id: string): Promise<DatasetRow | undefined> {
    const [row] = await tx
      .select()
      .from(datasets)
      .where(and(eq(datasets.projectId, projectId), eq(datasets.id, id)))
      .for('update');
    return row;
  }

  async insert(tx: Transaction, row: typeof datasets.$inferInsert): Promise<void> {
    await tx.insert(datasets).values(row);
  }

  async update(
    tx: Transaction,
    id: string,
    change: Partial<Pick<DatasetRow, 'displayName' | 'description' | 'lastNumber'>>,
  ): Promise<void> {
    // Milliseconds, as page tokens hold them.
    const updateTime = sql`date_trunc('milliseconds', now())`;
    await tx
      .update(datasets)
      .set({ ...change, updateTime })
      .where(eq(datasets.id, id));
  }

  /** With its versions and tags. */
  async delete(tx: Transaction, id: string): Promise<void> {
    await tx.delete(datasetTags).where(eq(datasetTags.datasetId, id));
    await tx.delete(datasetVersions).where(eq(datasetVersions.datasetId, id));
    await tx.delete(datasets).where(eq(datasets.id, id));
  }

  async #withLatest(tx: Transaction, row: DatasetRow): Promise<DatasetWithLatest> {
    const ofDataset = eq(datasetVersions.datasetId, row.id);
    const [latest] = await tx
      .select({ id: datasetVersions.id, rowCount: datasetVersions.rowCount, shape: datasetVersions.shape })
      .from(datasetVersions)
      .where(ofDataset)
      .orderBy(desc(datasetVersions.number))
      .limit(1);
    const [versions] = await tx.select({ count: count() }).from(datasetVersions).where(ofDataset);
    return { ...row, latest, versionCount: versions?.count ?? 0 };
  }
}
