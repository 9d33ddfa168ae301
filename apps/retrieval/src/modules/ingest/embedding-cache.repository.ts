import { bulkInsert, type Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';

export interface EmbeddingRow {
  projectId: string;
  modelDigest: string;
  hash: Buffer;
  /** As pgvector writes it: `[0.1,…]`. */
  embedding: string;
}

const insertEmbeddings = bulkInsert<EmbeddingRow>(
  'retrieval.embedding_cache',
  [
    { name: 'project_id', type: 'text', of: (row) => row.projectId },
    { name: 'model_digest', type: 'text', of: (row) => row.modelDigest },
    { name: 'text_hash', type: 'bytea', of: (row) => `\\x${row.hash.toString('hex')}` },
    { name: 'embedding', type: 'text', cast: 'halfvec', of: (row) => row.embedding },
  ],
  'on conflict do nothing',
);

@Injectable()
export class EmbeddingCacheRepository {
  /** Which of the texts have an embedding, as hexadecimal hashes. They are marked as used, at most once a day. */
  async known(tx: Transaction, projectId: string, modelDigest: string, hashes: Buffer[]): Promise<Set<string>> {
    const { rows } = await tx.client.query<{ hash: Buffer; old: boolean }>(
      `select text_hash as hash, use_time < now() - interval '1 day' as old from embedding_cache
       where project_id = $1 and model_digest = $2 and text_hash = any($3)`,
      [projectId, modelDigest, hashes],
    );
    const old = rows.filter((row) => row.old).map(({ hash }) => hash);
    if (old.length > 0) {
      await tx.client.query(
        'update embedding_cache set use_time = now() where project_id = $1 and model_digest = $2 and text_hash = any($3)',
        [projectId, modelDigest, old],
      );
    }
    return new Set(rows.map(({ hash }) => hash.toString('hex')));
  }

  async insert(tx: Transaction, rows: EmbeddingRow[]): Promise<void> {
    await insertEmbeddings(tx, rows);
  }

  /** Drops some of what nobody used for `days`; returns how many. */
  async forget(tx: Transaction, days: number, limit: number): Promise<number> {
    const { rowCount } = await tx.client.query(
      `delete from embedding_cache where ctid = any(array(
         select ctid from embedding_cache where use_time < now() - make_interval(days => $1) limit $2))`,
      [days, limit],
    );
    return rowCount ?? 0;
  }
}
