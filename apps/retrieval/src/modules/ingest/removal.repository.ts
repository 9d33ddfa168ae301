import type { Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';

export interface DoomedVersion {
  id: string;
  organizationId: string;
  projectId: string;
}

export interface ParsedIdentity {
  id: string;
  projectId: string;
  sha256: string;
  displayName: string;
  declaredMediaType: string;
}

@Injectable()
export class RemovalRepository {
  /** Versions of knowledge bases that were deleted are marked too. */
  async doomedVersions(tx: Transaction): Promise<DoomedVersion[]> {
    await tx.client.query(
      `update index_versions v set state = 'deleting' from knowledge_bases k
       where k.id = v.knowledge_base_id and k.delete_time is not null and v.state <> 'deleting'`,
    );
    const { rows } = await tx.client.query<DoomedVersion>(
      `select id, organization_id as "organizationId", project_id as "projectId" from index_versions
       where state = 'deleting'`,
    );
    return rows;
  }

  /** Throws `55P03` when readers are in the way: they are not held up for long. */
  async dropVersion(tx: Transaction, id: string): Promise<void> {
    await tx.client.query("set local lock_timeout = '500ms'");
    await tx.client.query('delete from lexical_segments where index_version_id = $1', [id]);
    await tx.client.query('delete from index_documents where index_version_id = $1', [id]);
    await tx.client.query('select drop_index_partitions($1)', [id]);
    await tx.client.query('delete from index_versions where id = $1', [id]);
  }

  /** Removes deleted knowledge bases without versions, with their documents, some at a time. Returns how many rows went. */
  async removeKnowledgeBases(tx: Transaction, limit: number): Promise<number> {
    const gone = `select k.id from knowledge_bases k where k.delete_time is not null
      and not exists (select 1 from index_versions v where v.knowledge_base_id = k.id)`;
    const { rowCount } = await tx.client.query(
      `delete from documents where id = any(array(
         select d.id from documents d where d.knowledge_base_id in (${gone}) limit $1))`,
      [limit],
    );
    if (rowCount) return rowCount;
    return (await tx.client.query(`delete from knowledge_bases where id in (${gone})`)).rowCount ?? 0;
  }

  /** Of these files of a project, those that no document has. */
  async unused(tx: Transaction, projectId: string, hashes: readonly string[]): Promise<string[]> {
    const { rows } = await tx.client.query<{ hash: string }>(
      `select u.hash from unnest($2::text[]) as u(hash)
       where not exists (select 1 from documents d where d.project_id = $1 and d.sha256 = u.hash)`,
      [projectId, hashes],
    );
    return rows.map(({ hash }) => hash);
  }

  /** What a project's documents that parser processes read are told apart by, in pages. */
  async parsedDocuments(tx: Transaction, projectId: string, after: string, limit: number): Promise<ParsedIdentity[]> {
    const { rows } = await tx.client.query<ParsedIdentity>(
      `select id, project_id as "projectId", sha256, display_name as "displayName",
         declared_media_type as "declaredMediaType"
       from documents where project_id = $1 and id > $2 and lane > 0 order by id limit $3`,
      [projectId, after, limit],
    );
    return rows;
  }
}
