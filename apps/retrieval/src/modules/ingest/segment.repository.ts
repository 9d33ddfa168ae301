import type { Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';

export interface SegmentInfo {
  id: string;
  level: number;
  docCount: number;
  sizeBytes: number;
}

export interface FragmentedVersion {
  id: string;
  organizationId: string;
  projectId: string;
  chunkCount: number;
  segments: SegmentInfo[];
}

@Injectable()
export class SegmentRepository {
  /** Versions of many segments, or with many chunks in them that are gone. */
  async fragmented(tx: Transaction, minSegments: number, deadShare: number): Promise<FragmentedVersion[]> {
    const { rows } = await tx.client.query<Omit<FragmentedVersion, 'chunkCount'> & { chunkCount: string }>(
      `select v.id, v.organization_id as "organizationId", v.project_id as "projectId", v.chunk_count as "chunkCount",
         json_agg(json_build_object('id', s.id::text, 'level', s.level, 'docCount', s.doc_count, 'sizeBytes', s.size_bytes)
           order by s.id) as segments
       from index_versions v join lexical_segments s on s.index_version_id = v.id
       where v.state in ('building', 'ready') group by v.id
       having count(*) >= $1 or sum(s.doc_count) > v.chunk_count / (1 - $2::float8)`,
      [minSegments, deadShare],
    );
    return rows.map((row) => ({ ...row, chunkCount: Number(row.chunkCount) }));
  }

  async data(tx: Transaction, ids: readonly string[]): Promise<Buffer[]> {
    const { rows } = await tx.client.query<{ data: Buffer }>(
      'select data from lexical_segments where id = any($1) order by id',
      [ids],
    );
    return rows.map(({ data }) => data);
  }

  /** Ordinals of a version's chunks, ascending. */
  async liveOrdinals(tx: Transaction, versionId: string): Promise<Float64Array> {
    const { rows } = await tx.client.query<{ ordinal: string }>(
      'select ordinal from chunks where index_version_id = $1 order by ordinal',
      [versionId],
    );
    return Float64Array.from(rows, ({ ordinal }) => Number(ordinal));
  }

  /** Returns how many there were. */
  async delete(tx: Transaction, ids: readonly string[]): Promise<number> {
    const { rowCount } = await tx.client.query('delete from lexical_segments where id = any($1)', [ids]);
    return rowCount ?? 0;
  }
}
