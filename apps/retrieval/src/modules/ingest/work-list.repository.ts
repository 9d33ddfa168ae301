import type { Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import type { IndexModel, ResolvedSettings } from '../index-version/index.ts';

export type WorkState = 'parsing' | 'chunking' | 'embedding' | 'writing' | 'deleting';

/** A document to be taken into an index version, or out of it. */
export interface Work {
  versionId: string;
  organizationId: string;
  projectId: string;
  knowledgeBaseId: string;
  documentId: string;
  documentOrdinal: number;
  generation: number;
  lane: number;
  /** Workers that took it up and were not heard of again. */
  crashes: number;
  startTime: Date;
  /** The document was deleted. */
  deleting: boolean;
  settings: ResolvedSettings;
  models: IndexModel[];
}

/** What is read of a document; absent when it was deleted. */
export interface WorkContent {
  id: string;
  projectId: string;
  generation: number;
  displayName: string;
  declaredMediaType: string;
  sha256: string;
  content: Buffer | null;
  lane: number;
}

const leaseSeconds = 30;
const open = `d.state not in ('indexed', 'failed') and d.next_attempt_time <= now()
  and (d.lease_owner is null or d.lease_expire_time < now())`;

/** The list of work: rows of `index_documents` that are not done. Workers hold what they work on by a lease. */
@Injectable()
export class WorkListRepository {
  /** Versions that have something to do in a lane. */
  async busyVersions(tx: Transaction, lane: number): Promise<string[]> {
    const { rows } = await tx.client.query<{ id: string }>(
      `select v.id from index_versions v where v.state in ('building', 'ready')
         and exists (select 1 from index_documents d where d.index_version_id = v.id and d.lane = $1 and ${open})`,
      [lane],
    );
    return rows.map(({ id }) => id);
  }

  /** Takes up to `limit` of a version's documents for `owner`, oldest first. */
  async claim(
    tx: Transaction,
    { versionId, lane, owner, limit }: { versionId: string; lane: number; owner: string; limit: number },
  ): Promise<Work[]> {
    const { rows } = await tx.client.query<Omit<Work, 'documentOrdinal'> & { documentOrdinal: string }>(
      `with taken as (
         update index_documents i set lease_owner = $3, lease_expire_time = now() + make_interval(secs => ${leaseSeconds}),
           crashes = i.crashes + (i.lease_owner is not null and i.state = 'parsing')::int,
           state = case i.state when 'deleting' then 'deleting' else 'parsing' end,
           start_time = coalesce(i.start_time, now()), update_time = now()
         where (i.index_version_id, i.document_id) in (
           select d.index_version_id, d.document_id from index_documents d
           where d.index_version_id = $1 and d.lane = $2 and ${open}
           order by d.document_ordinal limit $4 for update skip locked)
         returning i.*)
       select t.index_version_id as "versionId", t.organization_id as "organizationId", t.project_id as "projectId",
         t.knowledge_base_id as "knowledgeBaseId", t.document_id as "documentId", t.document_ordinal as "documentOrdinal",
         t.generation, t.lane, t.crashes, t.start_time as "startTime", t.state = 'deleting' as deleting,
         v.settings, v.models
       from taken t join index_versions v on v.id = t.index_version_id order by t.document_ordinal`,
      [versionId, lane, owner, limit],
    );
    return rows.map((row) => ({ ...row, documentOrdinal: Number(row.documentOrdinal) }));
  }

  async contents(tx: Transaction, ids: readonly string[]): Promise<Map<string, WorkContent>> {
    const { rows } = await tx.client.query<WorkContent>(
      `select id, project_id as "projectId", generation, display_name as "displayName",
         declared_media_type as "declaredMediaType", sha256, content, lane
       from documents where id = any($1)`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  /**
   * Says where documents are and that they are still worked on. Returns the places in `works` of those that were lost. Rows
   * that a transaction holds are passed over: they are being written, and waiting for several in turn could lock both out.
   */
  async report(tx: Transaction, owner: string, works: { work: Work; state: WorkState }[]): Promise<number[]> {
    const { rows } = await tx.client.query<{ place: number }>(
      `with told as (select * from unnest($2::text[], $3::text[], $4::int[], $5::text[]) with ordinality
           as u(version, document, generation, state, place)),
         mine as (
           select u.*, i.ctid as row from told u join index_documents i on i.index_version_id = u.version
             and i.document_id = u.document and i.generation = u.generation and i.lease_owner = $1),
         held as (
           select i.ctid as row from index_documents i where i.ctid = any(array(select row from mine))
             and i.lease_owner = $1 for update skip locked),
         updated as (
           update index_documents i set state = m.state, update_time = now(),
             lease_expire_time = now() + make_interval(secs => ${leaseSeconds})
           from mine m join held h on h.row = m.row where i.ctid = m.row)
       select (place - 1)::int as place from told where place not in (select place from mine)`,
      [
        owner,
        works.map(({ work }) => work.versionId),
        works.map(({ work }) => work.documentId),
        works.map(({ work }) => work.generation),
        works.map(({ state }) => state),
      ],
    );
    return rows.map(({ place }) => place);
  }

  /** Puts documents down: somebody takes them up again after `afterMs`. */
  async release(
    tx: Transaction,
    owner: string,
    works: readonly Work[],
    { afterMs, failed, note }: { afterMs: number; failed: boolean; note: string },
  ): Promise<void> {
    await tx.client.query(
      `update index_documents i set lease_owner = null, lease_expire_time = null, crashes = i.crashes + $5::int,
         state = case i.state when 'deleting' then 'deleting' else 'pending' end, error_message = $6,
         next_attempt_time = now() + make_interval(secs => $4 / 1000.0), update_time = now()
       from unnest($2::text[], $3::text[]) as u(version, document)
       where i.index_version_id = u.version and i.document_id = u.document and i.lease_owner = $1`,
      [
        owner,
        works.map(({ versionId }) => versionId),
        works.map(({ documentId }) => documentId),
        afterMs,
        failed ? 1 : 0,
        note,
      ],
    );
  }

  async countByState(tx: Transaction): Promise<{ state: string; count: number }[]> {
    const { rows } = await tx.client.query<{ state: string; count: number }>(
      'select state, count(*)::int as count from index_documents group by state',
    );
    return rows;
  }
}
