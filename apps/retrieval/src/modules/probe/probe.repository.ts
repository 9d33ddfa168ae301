import type { Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { decodeHalfvec } from '../../vectors/index.ts';
import { vectorPartition } from '../search/index.ts';

export interface DueProbe {
  organizationId: string;
  projectId: string;
  knowledgeBaseId: string;
  indexVersionId: string;
}

@Injectable()
export class ProbeRepository {
  /** Some chunks with their vectors; the same ones for a seed, as long as the index does not change. */
  async askers(
    tx: Transaction,
    indexVersionId: string,
    slot: number,
    { count, seed }: { count: number; seed: string },
  ): Promise<{ ordinal: number; vector: Float32Array }[]> {
    const { rows } = await tx.client.query<{ ordinal: string; embedding: Buffer }>({
      text: `
        select chunk_ordinal as ordinal, halfvec_send(embedding) as embedding from retrieval.vectors
        where partition = ${vectorPartition(indexVersionId, slot)}
        order by hashint8extended(chunk_ordinal, hashtextextended($1, 0)), chunk_ordinal limit $2`,
      values: [seed, count],
    });
    return rows.map(({ ordinal, embedding }) => ({ ordinal: Number(ordinal), vector: decodeHalfvec(embedding) }));
  }

  /** The alarm is of the version that answers. */
  async save(
    tx: Transaction,
    { knowledgeBaseId, indexVersionId }: Pick<DueProbe, 'knowledgeBaseId' | 'indexVersionId'>,
    probe: Record<string, unknown>,
    alarm: string,
  ): Promise<void> {
    await tx.client.query('update retrieval.index_versions set probe = $2 where id = $1', [
      indexVersionId,
      JSON.stringify(probe),
    ]);
    await tx.client.query(
      'update retrieval.knowledge_bases set alarm = $3 where id = $1 and live_index_version = $2 and alarm <> $3',
      [knowledgeBaseId, indexVersionId, alarm],
    );
  }

  /** Live versions with a graph that nobody probed since it was made, or for long. */
  async due(tx: Transaction, afterHours: number): Promise<DueProbe[]> {
    const { rows } = await tx.client.query<DueProbe>({
      text: `
        select v.organization_id as "organizationId", v.project_id as "projectId", k.id as "knowledgeBaseId",
          v.id as "indexVersionId"
        from retrieval.knowledge_bases k join retrieval.index_versions v on v.id = k.live_index_version
        where k.delete_time is null and v.state = 'ready' and v.hnsw_slots <> '{}' and (
          v.probe is null or not jsonb_path_exists(v.probe, '$.measures[*] ? (@.plan == "hnsw")')
          or (v.probe ->> 'time')::timestamptz < now() - make_interval(hours => $1)
        ) order by v.id limit 10`,
      values: [afterHours],
    });
    return rows;
  }
}
