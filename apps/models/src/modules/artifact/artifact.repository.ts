import type { JobRow, Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { eq } from 'drizzle-orm';
import { jobs } from '../../db/schema.ts';
import { artifacts, type SourceFailure } from './artifact.table.ts';

export type { SourceFailure };

export type ArtifactRow = typeof artifacts.$inferSelect;

/** An artifact with its last fetch. */
export interface ArtifactWithJob {
  artifact: ArtifactRow;
  job: JobRow | null;
}

@Injectable()
export class ArtifactRepository {
  /** By model id; models never fetched have no row. */
  async all(tx: Transaction): Promise<Map<string, ArtifactWithJob>> {
    const rows = await this.#withJobs(tx);
    return new Map(rows.map((row) => [row.artifact.model, row]));
  }

  async get(tx: Transaction, model: string): Promise<ArtifactWithJob | undefined> {
    const [row] = await this.#withJobs(tx).where(eq(artifacts.model, model));
    return row;
  }

  /** Makes the row when it is not there, and holds it until the transaction ends: one fetch is begun at a time. */
  async lock(tx: Transaction, model: string): Promise<ArtifactWithJob> {
    await tx.insert(artifacts).values({ model }).onConflictDoNothing();
    await tx.select({ model: artifacts.model }).from(artifacts).where(eq(artifacts.model, model)).for('update');
    return (await this.get(tx, model))!;
  }

  setJob(tx: Transaction, model: string, jobId: string): Promise<void> {
    return this.#set(tx, model, { jobId });
  }

  setReady(
    tx: Transaction,
    model: string,
    ready: { digest: string; source: string; failures: SourceFailure[]; readyTime: Date },
  ): Promise<void> {
    return this.#set(tx, model, ready);
  }

  setAbsent(tx: Transaction, model: string): Promise<void> {
    return this.#set(tx, model, { digest: null, source: null, readyTime: null });
  }

  async #set(tx: Transaction, model: string, change: Partial<ArtifactRow>): Promise<void> {
    await tx
      .update(artifacts)
      .set({ ...change, updateTime: new Date() })
      .where(eq(artifacts.model, model));
  }

  #withJobs(tx: Transaction) {
    return tx.select({ artifact: artifacts, job: jobs }).from(artifacts).leftJoin(jobs, eq(jobs.id, artifacts.jobId));
  }
}
