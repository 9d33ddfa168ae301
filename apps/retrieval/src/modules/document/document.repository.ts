import { type BulkColumn, bulkInsert, type Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { and, asc, eq, getTableColumns, gt, ilike, inArray, isNull, or, sql } from 'drizzle-orm';
import { textArray } from '../../db/text-array.ts';
import { indexDocuments } from '../index-version/index-document.table.ts';
import { knowledgeBases } from '../knowledge-base/knowledge-base.table.ts';
import { documents } from './document.table.ts';

export type DocumentRow = typeof documents.$inferSelect;

/** A document without its content, and where it is in the index that answers. */
export interface DocumentView extends Omit<DocumentRow, 'content'> {
  state: IndexState | null;
  errorCode: string | null;
  errorMessage: string | null;
  chunkCount: number | null;
  indexTime: Date | null;
}

export type IndexState = typeof indexDocuments.$inferSelect.state;

export interface NewDocumentRow
  extends Pick<
    DocumentRow,
    'uri' | 'displayName' | 'declaredMediaType' | 'sizeBytes' | 'sha256' | 'content' | 'metadata' | 'acl' | 'lane'
  > {
  id: string;
  organizationId: string;
  projectId: string;
  knowledgeBaseId: string;
  source: string | null;
  sourceItem: string | null;
}

export interface DocumentFilter {
  states: IndexState[] | undefined;
  words: string[];
}

const text = <K extends keyof NewDocumentRow>(name: string, key: K): BulkColumn<NewDocumentRow> => ({
  name,
  type: 'text',
  of: (row) => row[key] as string | null,
});

const insertDocuments = bulkInsert<NewDocumentRow, { id: string }>(
  'retrieval.documents',
  [
    text('id', 'id'),
    text('organization_id', 'organizationId'),
    text('project_id', 'projectId'),
    text('knowledge_base_id', 'knowledgeBaseId'),
    text('uri', 'uri'),
    text('display_name', 'displayName'),
    text('declared_media_type', 'declaredMediaType'),
    text('media_type', 'declaredMediaType'),
    { name: 'size_bytes', type: 'bigint', of: (row) => row.sizeBytes },
    text('sha256', 'sha256'),
    { name: 'content', type: 'bytea', of: ({ content }) => content && `\\x${content.toString('hex')}` },
    { name: 'metadata', type: 'jsonb', of: (row) => JSON.stringify(row.metadata) },
    { name: 'acl', type: 'text', cast: 'text[]', of: (row) => textArray(row.acl) },
    text('source', 'source'),
    text('source_item', 'sourceItem'),
    { name: 'lane', type: 'smallint', of: (row) => row.lane },
  ],
  'on conflict do nothing returning id',
);

const { content: _content, ...withoutContent } = getTableColumns(documents);

@Injectable()
export class DocumentRepository {
  /** The live index version; held, so that no version comes and the knowledge base stays. Undefined when it is not there. */
  async shareKnowledgeBase(tx: Transaction, id: string): Promise<string | undefined> {
    const [row] = await this.#knowledgeBase(tx, id).for('share');
    return row?.live;
  }

  async liveVersion(tx: Transaction, id: string): Promise<string | undefined> {
    const [row] = await this.#knowledgeBase(tx, id);
    return row?.live;
  }

  /** By uri, held for the transaction. */
  async lockByUri(tx: Transaction, knowledgeBaseId: string, uris: readonly string[]) {
    const rows = await tx
      .select(withoutContent)
      .from(documents)
      .where(
        and(
          eq(documents.knowledgeBaseId, knowledgeBaseId),
          sql`md5(${documents.uri}) = any(select md5(u) from unnest(${sql.param(textArray(uris))}::text[]) u)`,
        ),
      )
      .orderBy(asc(documents.id))
      .for('update');
    return new Map(rows.map((row) => [row.uri, row]));
  }

  /** Fewer ids than rows when somebody else has just made one of the same uri. */
  async insert(tx: Transaction, rows: readonly NewDocumentRow[]): Promise<number> {
    return rows.length === 0 ? 0 : ((await insertDocuments(tx, rows)).rowCount ?? 0);
  }

  /** Another content: whoever reads the old one loses. */
  async replace(tx: Transaction, id: string, row: Omit<NewDocumentRow, 'id'>): Promise<void> {
    const { displayName, declaredMediaType, sizeBytes, sha256, content, metadata, acl, lane, source, sourceItem } = row;
    await tx
      .update(documents)
      .set({
        ...{ displayName, declaredMediaType, sizeBytes, sha256, content, metadata, acl, lane, source, sourceItem },
        mediaType: declaredMediaType,
        generation: sql`${documents.generation} + 1`,
        updateTime: new Date(),
      })
      .where(eq(documents.id, id));
  }

  async relabel(tx: Transaction, id: string, label: Pick<DocumentRow, 'metadata' | 'acl'>): Promise<void> {
    await tx
      .update(documents)
      .set({ ...label, updateTime: new Date() })
      .where(eq(documents.id, id));
  }

  /** Up to `limit`. */
  async count(tx: Transaction, knowledgeBaseId: string, limit: number): Promise<number> {
    const { rows } = await tx.client.query<{ count: number }>(
      'select count(*)::int as count from (select 1 from documents where knowledge_base_id = $1 limit $2) d',
      [knowledgeBaseId, limit],
    );
    return rows[0]!.count;
  }

  /** Puts documents on the list of work of every version that is kept, from the start. */
  async enlist(tx: Transaction, knowledgeBaseId: string, ids: readonly string[]): Promise<void> {
    await tx.client.query(
      `insert into index_documents as i (index_version_id, document_id, document_ordinal, organization_id, project_id,
         knowledge_base_id, generation, lane)
       select v.id, d.id, d.ordinal, d.organization_id, d.project_id, d.knowledge_base_id, d.generation, d.lane
       from documents d join index_versions v on v.knowledge_base_id = d.knowledge_base_id
       where d.knowledge_base_id = $1 and d.id = any($2) and v.state in ('building', 'ready')
       order by d.id, v.id
       on conflict (index_version_id, document_id) do update set generation = excluded.generation, lane = excluded.lane,
         state = 'pending', crashes = 0, lease_owner = null, lease_expire_time = null, next_attempt_time = now(),
         start_time = null, error_code = '', error_message = '', update_time = now()`,
      [knowledgeBaseId, ids],
    );
  }

  /** Out of every answer with this transaction; their chunks are removed after it. Returns how many there were. */
  async delete(tx: Transaction, knowledgeBaseId: string, ids: readonly string[]): Promise<number> {
    const { rows } = await tx.client.query<{ id: string }>(
      'delete from documents where knowledge_base_id = $1 and id = any($2) returning id',
      [knowledgeBaseId, ids],
    );
    await tx.client.query(
      `update index_documents set state = 'deleting', lane = 0, lease_owner = null, lease_expire_time = null, next_attempt_time = now()
       where document_id = any($1)`,
      [rows.map(({ id }) => id)],
    );
    return rows.length;
  }

  async get(tx: Transaction, knowledgeBaseId: string, live: string, id: string): Promise<DocumentView | undefined> {
    const [row] = await this.#views(tx, live).where(
      and(eq(documents.knowledgeBaseId, knowledgeBaseId), eq(documents.id, id)),
    );
    return row;
  }

  /** In the order of `uris`. */
  async byUris(
    tx: Transaction,
    knowledgeBaseId: string,
    live: string,
    uris: readonly string[],
  ): Promise<DocumentView[]> {
    const rows = await this.#views(tx, live).where(
      and(
        eq(documents.knowledgeBaseId, knowledgeBaseId),
        sql`md5(${documents.uri}) = any(select md5(u) from unnest(${sql.param(textArray(uris))}::text[]) u)`,
      ),
    );
    const byUri = new Map(rows.map((row) => [row.uri, row]));
    return uris.map((uri) => byUri.get(uri)).filter((row) => row !== undefined);
  }

  async page(
    tx: Transaction,
    knowledgeBaseId: string,
    live: string,
    filter: DocumentFilter,
    { after, limit }: { after: string | undefined; limit: number },
  ): Promise<DocumentView[]> {
    const pattern = (word: string) => `%${word.replace(/[\\%_]/g, '\\$&')}%`;
    return this.#views(tx, live)
      .where(
        and(
          eq(documents.knowledgeBaseId, knowledgeBaseId),
          after === undefined ? undefined : gt(documents.id, after),
          filter.states && inArray(indexDocuments.state, filter.states),
          ...filter.words.map((word) =>
            or(ilike(documents.displayName, pattern(word)), ilike(documents.uri, pattern(word))),
          ),
        ),
      )
      .orderBy(asc(documents.id))
      .limit(limit);
  }

  async content(tx: Transaction, knowledgeBaseId: string, id: string): Promise<DocumentRow | undefined> {
    const [row] = await tx
      .select()
      .from(documents)
      .where(and(eq(documents.knowledgeBaseId, knowledgeBaseId), eq(documents.id, id)));
    return row;
  }

  /** A new generation of the same content. False when there is no such document. */
  async restart(tx: Transaction, knowledgeBaseId: string, id: string): Promise<boolean> {
    const { rowCount } = await tx
      .update(documents)
      .set({ generation: sql`${documents.generation} + 1`, updateTime: new Date() })
      .where(and(eq(documents.knowledgeBaseId, knowledgeBaseId), eq(documents.id, id)));
    return rowCount === 1;
  }

  /** What is here of a source, by the item's path. */
  async ofSource(tx: Transaction, knowledgeBaseId: string, source: string, items: readonly string[]) {
    const rows = await tx
      .select({ id: documents.id, item: documents.sourceItem, sha256: documents.sha256, acl: documents.acl })
      .from(documents)
      .where(
        and(
          eq(documents.knowledgeBaseId, knowledgeBaseId),
          eq(documents.source, source),
          sql`md5(${documents.sourceItem}) = any(select md5(u) from unnest(${sql.param(textArray(items))}::text[]) u)`,
        ),
      );
    return new Map(rows.map((row) => [row.item, row]));
  }

  /** Ids and items of a source's documents, in pages. */
  async pageOfSource(
    tx: Transaction,
    place: { knowledgeBaseId: string; source: string },
    after: string,
    limit: number,
  ) {
    return tx
      .select({ id: documents.id, item: documents.sourceItem, createTime: documents.createTime })
      .from(documents)
      .where(
        and(
          eq(documents.knowledgeBaseId, place.knowledgeBaseId),
          eq(documents.source, place.source),
          gt(documents.id, after),
        ),
      )
      .orderBy(asc(documents.id))
      .limit(limit);
  }

  #knowledgeBase(tx: Transaction, id: string) {
    return tx
      .select({ live: knowledgeBases.liveIndexVersion })
      .from(knowledgeBases)
      .where(and(eq(knowledgeBases.id, id), isNull(knowledgeBases.deleteTime)));
  }

  #views(tx: Transaction, live: string) {
    return tx
      .select({
        ...withoutContent,
        state: indexDocuments.state,
        errorCode: indexDocuments.errorCode,
        errorMessage: indexDocuments.errorMessage,
        chunkCount: indexDocuments.chunkCount,
        indexTime: indexDocuments.indexTime,
      })
      .from(documents)
      .leftJoin(
        indexDocuments,
        and(eq(indexDocuments.documentId, documents.id), eq(indexDocuments.indexVersionId, live)),
      );
  }
}
