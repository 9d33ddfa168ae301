import { type BulkColumn, bulkInsert, type Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { textArray } from '../../db/text-array.ts';
import type { IndexVersionRow } from '../index-version/index.ts';

export interface ChunkRow {
  versionId: string;
  ordinal: number;
  id: string;
  projectId: string;
  documentId: string;
  documentOrdinal: number;
  position: number;
  text: string;
  prefix: string;
  headingPath: string[];
  start: number;
  end: number;
  parentStart: number;
  parentEnd: number;
  page: number;
  pageEnd: number;
  regions: unknown[];
  tokens: number;
  kind: string;
  hash: Buffer;
}

/** What reading a document told about it. */
export interface DocumentFacts {
  documentId: string;
  mediaType: string;
  title: string;
  language: string;
  pageCount: number;
  warnings: string[];
}

/** How a document's way into a version ended. */
export interface Outcome {
  documentId: string;
  state: 'indexed' | 'failed';
  errorCode: string;
  errorMessage: string;
  sha256: string | null;
  chunkCount: number;
}

/** What a version had of a document before. */
export interface Former {
  documentId: string;
  documentOrdinal: number;
  sha256: string | null;
  chunkCount: number;
}

const text = (name: string, of: (row: ChunkRow) => string): BulkColumn<ChunkRow> => ({ name, type: 'text', of });
const integer = (name: string, of: (row: ChunkRow) => number): BulkColumn<ChunkRow> => ({ name, type: 'integer', of });
const bytes = (hash: Buffer): string => `\\x${hash.toString('hex')}`;

const insertChunks = bulkInsert<ChunkRow>('retrieval.chunks', [
  text('index_version_id', (row) => row.versionId),
  { name: 'ordinal', type: 'bigint', of: (row) => row.ordinal },
  text('id', (row) => row.id),
  text('project_id', (row) => row.projectId),
  text('document_id', (row) => row.documentId),
  { name: 'document_ordinal', type: 'bigint', of: (row) => row.documentOrdinal },
  integer('position', (row) => row.position),
  text('text', (row) => row.text),
  text('prefix', (row) => row.prefix),
  { name: 'heading_path', type: 'text', cast: 'text[]', of: (row) => textArray(row.headingPath) },
  integer('start', (row) => row.start),
  integer('end', (row) => row.end),
  integer('parent_start', (row) => row.parentStart),
  integer('parent_end', (row) => row.parentEnd),
  integer('page', (row) => row.page),
  integer('page_end', (row) => row.pageEnd),
  { name: 'regions', type: 'text', cast: 'jsonb', of: (row) => JSON.stringify(row.regions) },
  integer('tokens', (row) => row.tokens),
  text('kind', (row) => row.kind),
  { name: 'text_hash', type: 'bytea', of: (row) => bytes(row.hash) },
]);

const rowsAtOnce = 2_000;

/** Writes an index version. The callers hold the rows they change, in the order documents, list of work, version. */
@Injectable()
export class IndexWriterRepository {
  /** Numbers for new chunks. */
  async takeOrdinals(tx: Transaction, count: number): Promise<number[]> {
    const { rows } = await tx.client.query<{ ordinal: string }>(
      `select nextval('retrieval.chunk_ordinals') as ordinal from generate_series(1, $1)`,
      [count],
    );
    return rows.map(({ ordinal }) => Number(ordinal));
  }

  /** Generations of those documents that are still there. */
  async lockDocuments(tx: Transaction, ids: readonly string[]): Promise<Map<string, number>> {
    const { rows } = await tx.client.query<{ id: string; generation: number }>(
      'select id, generation from documents where id = any($1) order by id for update',
      [ids],
    );
    return new Map(rows.map(({ id, generation }) => [id, generation]));
  }

  /** What the version has of those documents that `owner` still holds. */
  async lockWork(
    tx: Transaction,
    { versionId, owner, ids, generations }: { versionId: string; owner: string; ids: string[]; generations: number[] },
  ): Promise<Map<string, Former>> {
    const { rows } = await tx.client.query<Omit<Former, 'documentOrdinal'> & { documentOrdinal: string }>(
      `select i.document_id as "documentId", i.document_ordinal as "documentOrdinal", i.indexed_sha256 as sha256,
         i.chunk_count as "chunkCount"
       from index_documents i join unnest($3::text[], $4::int[]) as u(id, generation)
         on u.id = i.document_id and u.generation = i.generation
       where i.index_version_id = $1 and i.lease_owner = $2 order by i.document_id for update of i`,
      [versionId, owner, ids, generations],
    );
    return new Map(rows.map((row) => [row.documentId, { ...row, documentOrdinal: Number(row.documentOrdinal) }]));
  }

  /** Undefined when the version is on its way out. */
  async lockVersion(
    tx: Transaction,
    id: string,
  ): Promise<
    | Pick<
        IndexVersionRow,
        'documentSet' | 'settings' | 'models' | 'parserVersion' | 'chunkerVersion' | 'analyzerVersion'
      >
    | undefined
  > {
    const { rows } = await tx.client.query(
      `select document_set as "documentSet", settings, models, parser_version as "parserVersion",
         chunker_version as "chunkerVersion", analyzer_version as "analyzerVersion"
       from index_versions where id = $1 and state in ('building', 'ready') for update`,
      [id],
    );
    return rows[0];
  }

  /** Takes documents' chunks and vectors out. */
  async removeChunks(tx: Transaction, versionId: string, slots: number, documentOrdinals: number[]): Promise<void> {
    if (documentOrdinals.length === 0) return;
    await tx.client.query('delete from chunks where index_version_id = $1 and document_ordinal = any($2)', [
      versionId,
      documentOrdinals,
    ]);
    for (let slot = 0; slot < slots; slot += 1) {
      await tx.client.query('delete from vectors where partition = $1 and document_ordinal = any($2)', [
        `${versionId}:${slot}`,
        documentOrdinals,
      ]);
    }
  }

  async insertChunks(tx: Transaction, rows: readonly ChunkRow[]): Promise<void> {
    for (let at = 0; at < rows.length; at += rowsAtOnce) await insertChunks(tx, rows.slice(at, at + rowsAtOnce));
  }

  /** Copies the chunks' embeddings out of the cache; fewer than chunks when some are not there. */
  async insertVectors(tx: Transaction, slot: number, modelDigest: string, rows: readonly ChunkRow[]): Promise<number> {
    let inserted = 0;
    for (let at = 0; at < rows.length; at += rowsAtOnce) {
      const some = rows.slice(at, at + rowsAtOnce);
      const { rowCount } = await tx.client.query(
        `insert into vectors (partition, chunk_ordinal, project_id, document_ordinal, embedding)
         select $1, u.ordinal, c.project_id, u.document, c.embedding
         from unnest($4::bigint[], $5::bigint[], $6::bytea[]) as u(ordinal, document, hash)
         join embedding_cache c on c.project_id = $2 and c.model_digest = $3 and c.text_hash = u.hash`,
        [
          `${some[0]!.versionId}:${slot}`,
          some[0]!.projectId,
          modelDigest,
          some.map(({ ordinal }) => ordinal),
          some.map(({ documentOrdinal }) => documentOrdinal),
          some.map(({ hash }) => hash),
        ],
      );
      inserted += rowCount ?? 0;
    }
    return inserted;
  }

  async insertSegment(
    tx: Transaction,
    segment: { versionId: string; projectId: string; level: number; docCount: number; data: Uint8Array },
  ): Promise<void> {
    const { versionId, projectId, level, docCount, data } = segment;
    await tx.client.query(
      `insert into lexical_segments (index_version_id, project_id, level, doc_count, size_bytes, data)
       values ($1, $2, $3, $4, $5, $6)`,
      [versionId, projectId, level, docCount, data.length, Buffer.from(data.buffer, data.byteOffset, data.length)],
    );
  }

  async setFacts(tx: Transaction, facts: readonly DocumentFacts[]): Promise<void> {
    if (facts.length === 0) return;
    await tx.client.query(
      `update documents d set media_type = u.media_type, title = u.title, language = u.language, page_count = u.page_count,
         warnings = u.warnings::text[]
       from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::text[])
         as u(id, media_type, title, language, page_count, warnings)
       where d.id = u.id and (d.media_type, d.title, d.language, d.page_count, d.warnings)
         is distinct from (u.media_type, u.title, u.language, u.page_count, u.warnings::text[])`,
      [
        facts.map(({ documentId }) => documentId),
        facts.map(({ mediaType }) => mediaType),
        facts.map(({ title }) => title.replaceAll('\0', '')),
        facts.map(({ language }) => language),
        facts.map(({ pageCount }) => pageCount),
        facts.map(({ warnings }) => textArray(warnings)),
      ],
    );
  }

  async finish(tx: Transaction, versionId: string, outcomes: readonly Outcome[]): Promise<void> {
    await tx.client.query(
      `update index_documents i set state = u.state, error_code = u.error_code, error_message = u.error_message,
         indexed_sha256 = u.sha256, chunk_count = u.chunk_count, index_time = now(), update_time = now(), crashes = 0,
         lease_owner = null, lease_expire_time = null
       from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[])
         as u(id, state, error_code, error_message, sha256, chunk_count)
       where i.index_version_id = $1 and i.document_id = u.id`,
      [
        versionId,
        outcomes.map(({ documentId }) => documentId),
        outcomes.map(({ state }) => state),
        outcomes.map(({ errorCode }) => errorCode),
        outcomes.map(({ errorMessage }) => errorMessage.replaceAll('\0', '')),
        outcomes.map(({ sha256 }) => sha256),
        outcomes.map(({ chunkCount }) => chunkCount),
      ],
    );
  }

  async forget(tx: Transaction, versionId: string, documentIds: readonly string[]): Promise<void> {
    await tx.client.query('delete from index_documents where index_version_id = $1 and document_id = any($2)', [
      versionId,
      documentIds,
    ]);
  }

  async advance(
    tx: Transaction,
    versionId: string,
    change: { documentSet: Buffer; digest: string; chunks: number; embedded: number; reused: number },
  ): Promise<void> {
    await tx.client.query(
      `update index_versions set revision = revision + 1, document_set = $2, digest = $3, chunk_count = chunk_count + $4,
         embedded_chunks = embedded_chunks + $5, reused_chunks = reused_chunks + $6 where id = $1`,
      [versionId, change.documentSet, change.digest, change.chunks, change.embedded, change.reused],
    );
  }
}
