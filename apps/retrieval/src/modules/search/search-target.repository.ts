import type { Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import type { IndexModel, ResolvedSettings } from '../index-version/index.ts';

/** What a search goes against: the knowledge base and one of its index versions, as they are now. */
export interface SearchTarget {
  knowledgeBaseId: string;
  /** The contract's SearchSettings, as JSON. */
  searchSettings: Record<string, unknown>;
  indexVersionId: string;
  settings: ResolvedSettings;
  models: IndexModel[];
  hnswSlots: number[];
  digest: string;
  revision: number;
  /** Of documents that are there: without those whose chunks wait to be removed. */
  chunkCount: number;
  /** Some document has an ACL. */
  hasAcl: boolean;
}

interface TargetRow extends Omit<SearchTarget, 'revision' | 'chunkCount' | 'indexVersionId'> {
  indexVersionId: string | null;
  revision: string;
  chunkCount: string;
}

const text = `
  select k.id as "knowledgeBaseId", k.search_settings as "searchSettings", v.id as "indexVersionId", v.settings, v.models,
    v.hnsw_slots as "hnswSlots", v.digest, v.revision,
    v.chunk_count - (
      select coalesce(sum(i.chunk_count), 0) from retrieval.index_documents i
      where i.index_version_id = v.id and i.state = 'deleting'
    ) as "chunkCount",
    exists (select from retrieval.documents d where d.knowledge_base_id = k.id and d.acl <> '{}') as "hasAcl"
  from retrieval.knowledge_bases k
  left join retrieval.index_versions v on v.knowledge_base_id = k.id and v.state in ('ready', 'building')
    and v.id = case when $3 in ('', 'live') then k.live_index_version else $3 end
  where k.id = $2 and k.project_id = $1 and k.delete_time is null`;

@Injectable()
export class SearchTargetRepository {
  /** `index_missing` when the knowledge base is there and the index version is not. */
  async find(
    tx: Transaction,
    projectId: string,
    knowledgeBaseId: string,
    indexVersionId: string,
  ): Promise<SearchTarget | 'index_missing' | undefined> {
    const values = [projectId, knowledgeBaseId, indexVersionId];
    const { rows } = await tx.client.query<TargetRow>({ name: 'search target', text, values });
    const [row] = rows;
    if (!row) return undefined;
    if (row.indexVersionId === null) return 'index_missing';
    return {
      ...row,
      indexVersionId: row.indexVersionId,
      revision: Number(row.revision),
      chunkCount: Math.max(0, Number(row.chunkCount)),
    };
  }
}
