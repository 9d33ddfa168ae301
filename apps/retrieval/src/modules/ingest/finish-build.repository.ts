import type { Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import type { IndexModel } from '../index-version/index.ts';

export interface UnfinishedVersion {
  id: string;
  organizationId: string;
  projectId: string;
  state: 'building' | 'ready';
  models: IndexModel[];
  chunkCount: number;
  hnswSlots: number[];
  /** Nothing that it waits for is left to do. */
  complete: boolean;
}

@Injectable()
export class FinishBuildRepository {
  /** Versions that are being built, and those whose vectors became many without an HNSW index. */
  async unfinished(tx: Transaction, minVectors: number): Promise<UnfinishedVersion[]> {
    const { rows } = await tx.client.query<Omit<UnfinishedVersion, 'chunkCount'> & { chunkCount: string }>(
      `select v.id, v.organization_id as "organizationId", v.project_id as "projectId", v.state, v.models,
         v.chunk_count as "chunkCount", v.hnsw_slots as "hnswSlots",
         not exists (select 1 from index_documents d where d.index_version_id = v.id
           and d.state not in ('indexed', 'failed') and d.document_ordinal <= v.last_ordinal) as complete
       from index_versions v
       where v.state = 'building'
         or (v.state = 'ready' and v.chunk_count >= $1 and cardinality(v.hnsw_slots) < jsonb_array_length(v.models))`,
      [minVectors],
    );
    return rows.map((row) => ({ ...row, chunkCount: Number(row.chunkCount) }));
  }

  /** False when another process builds it, or has. Reads go on meanwhile, writes to this version wait. */
  async buildHnsw(
    tx: Transaction,
    version: Pick<UnfinishedVersion, 'id'>,
    { slot, dimensions, memoryMb }: { slot: number; dimensions: number; memoryMb: number },
  ): Promise<boolean> {
    await tx.client.query('set local statement_timeout = 0');
    const { rows } = await tx.client.query<{ free: boolean }>(
      `select pg_try_advisory_xact_lock(hashtext($1)) and not ($2 = any(hnsw_slots)) as free from index_versions
       where id = $3`,
      [`hnsw ${version.id}`, slot, version.id],
    );
    if (!rows[0]?.free) return false;
    await tx.client.query('select build_vector_index($1, $2, $3, 16, 96, $4)', [
      version.id,
      slot,
      dimensions,
      memoryMb,
    ]);
    await tx.client.query(
      'update index_versions set hnsw_slots = array_append(hnsw_slots, $2), revision = revision + 1 where id = $1',
      [version.id, slot],
    );
    return true;
  }

  async setReady(tx: Transaction, id: string): Promise<void> {
    await tx.client.query(
      "update index_versions set state = 'ready', ready_time = now() where id = $1 and state = 'building'",
      [id],
    );
  }

  async setFailed(tx: Transaction, id: string, error: string): Promise<void> {
    await tx.client.query(
      "update index_versions set state = 'failed', error = $2 where id = $1 and state = 'building'",
      [id, error],
    );
  }
}
