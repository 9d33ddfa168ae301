import { createDatabase, type Database } from '@llmops/db';
import { newId } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { createTestDatabase, newTenant, type TestTenant, testContext } from '@llmops/testing';
import { migrationsFolder } from '../src/db/migrate.ts';
import { ANALYZER_VERSION, buildSegment } from '../src/lexical/index.ts';
import { CandidateRepository } from '../src/modules/search/candidate.repository.ts';
import { ExpandHits } from '../src/modules/search/expand-hits.ts';
import { FindTarget } from '../src/modules/search/find-target.ts';
import { LexicalArm } from '../src/modules/search/lexical-arm.ts';
import { denseSettings } from '../src/modules/search/nearest-chunks.ts';
import type { QueryEmbedder } from '../src/modules/search/query-embedder.ts';
import { RankChunks } from '../src/modules/search/rank-chunks.ts';
import { RerankHits } from '../src/modules/search/rerank-hits.ts';
import { RunArms } from '../src/modules/search/run-arms.ts';
import { ScopeChunksReader } from '../src/modules/search/scope-chunks.ts';
import { Search } from '../src/modules/search/search.ts';
import type { SearchInput, SearchOutcome } from '../src/modules/search/search-input.ts';
import { SearchTargetRepository } from '../src/modules/search/search-target.repository.ts';
import { SegmentCache } from '../src/modules/search/segment-cache.ts';
import type { Inference } from '../src/peers.ts';

export const dimensions = 32;
export const model = { name: 'words', digest: 'sha256:words', dimensions };

/** A direction for each word, the same in every run: texts that share words are near. */
export function embedWords(text: string): Float32Array {
  const sum = new Float32Array(dimensions);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    let state = 2166136261;
    for (const character of word) state = Math.imul(state ^ character.codePointAt(0)!, 16777619);
    for (let i = 0; i < dimensions; i += 1) {
      state = Math.imul(state ^ (state >>> 15), 2246822507) + 0x9e3779b9;
      sum[i]! += ((state >>> 8) / 2 ** 23 - 1) as number;
    }
  }
  const norm = Math.hypot(...sum) || 1;
  return sum.map((value) => value / norm);
}

export interface WrittenDocument {
  id: string;
  ordinal: number;
  chunks: { id: string; ordinal: number; text: string }[];
}

export interface DocumentInit {
  texts: string[];
  metadata?: Record<string, unknown>;
  acl?: string[];
  uri?: string;
  language?: string;
}

/** The verbs of a search over a real database, and writers of what the worker would write. */
export class SearchFixture {
  readonly segments = new SegmentCache();
  readonly scopes = new ScopeChunksReader();
  readonly targets = new SearchTargetRepository();
  readonly search: Search;

  private constructor(readonly database: Database) {
    const candidates = new CandidateRepository();
    const lexical = new LexicalArm(this.segments, candidates);
    const arms = new RunArms(this.scopes, lexical, candidates);
    const reranker = new RerankHits(undefined as unknown as Inference, candidates);
    const ranking = new RankChunks(database, arms, candidates, reranker, new ExpandHits(candidates));
    // Queries come as vectors: `run`, which would ask an embedder, is for tests of the service.
    this.search = new Search(database, new FindTarget(this.targets), undefined as unknown as QueryEmbedder, ranking);
  }

  static async start(): Promise<SearchFixture> {
    const server = await createTestDatabase({ retrieval: migrationsFolder });
    const database = createDatabase({ url: server.url('retrieval') });
    database.pool.on('connect', (client) => void client.query(denseSettings));
    return new SearchFixture(database);
  }

  tenant(): RequestContext {
    return testContext(newTenant());
  }

  async knowledgeBase(ctx: TestTenant): Promise<{ id: string; indexVersion: string }> {
    const [id, indexVersion] = [newId('kb'), newId('ix')];
    const values = [id, ctx.organizationId, ctx.projectId, indexVersion];
    const settings = {
      embeddingModels: [model.name],
      chunker: { maxTokens: 256, overlapTokens: 32, parentTokens: 1024 },
      noLexical: false,
    };
    await this.database.tx(ctx, async ({ client }) => {
      await client.query(
        `insert into retrieval.knowledge_bases
          (id, organization_id, project_id, display_name, description, search_settings, live_index_version, created_by)
         values ($1, $2, $3, 'test', '', '{}', $4, 'test')`,
        values,
      );
      await client.query(
        `insert into retrieval.index_versions (id, organization_id, project_id, knowledge_base_id, number, settings, models,
          parser_version, chunker_version, analyzer_version, state, document_set, digest, last_ordinal, created_by)
         values ($4, $2, $3, $1, 1, $5, $6, 'p', 'c', $7, 'ready', '', 'sha256:test', 0, 'test')`,
        [...values, JSON.stringify(settings), JSON.stringify([model]), ANALYZER_VERSION],
      );
      await client.query('select retrieval.create_index_partitions($1, 1)', [indexVersion]);
    });
    return { id, indexVersion };
  }

  /** Documents with their chunks, vectors and one segment, in one transaction. */
  async write(
    ctx: TestTenant,
    { id: knowledgeBase, indexVersion }: { id: string; indexVersion: string },
    documents: readonly DocumentInit[],
  ): Promise<WrittenDocument[]> {
    return this.database.tx(ctx, async ({ client }) => {
      const written: WrittenDocument[] = [];
      for (const { texts, metadata = {}, acl = [], uri, language = '' } of documents) {
        const id = newId('doc');
        const { rows } = await client.query<{ ordinal: string }>(
          `insert into retrieval.documents (id, organization_id, project_id, knowledge_base_id, uri, display_name, size_bytes,
            sha256, metadata, acl, media_type, language, title)
           values ($1, $2, $3, $4, $5, $1, 1, '', $6, $7, 'text/plain', $8, 'Title') returning ordinal`,
          [id, ctx.organizationId, ctx.projectId, knowledgeBase, uri ?? id, JSON.stringify(metadata), acl, language],
        );
        const ordinal = Number(rows[0]!.ordinal);
        const document: WrittenDocument = { id, ordinal, chunks: [] };
        let start = 0;
        const parentEnd = texts.join('\n').length;
        for (const [position, text] of texts.entries()) {
          const chunk = newId('chk');
          const inserted = await client.query<{ ordinal: string }>(
            `insert into retrieval.chunks (index_version_id, ordinal, id, project_id, document_id, document_ordinal, position,
              text, prefix, heading_path, start, "end", parent_start, parent_end, page, page_end, regions, tokens, kind, text_hash)
             values ($1, nextval('retrieval.chunk_ordinals'), $2, $3, $4, $5, $6, $7, '', '{Heading}', $8, $9, 0, $10, 0, 0,
              '[]', 5, 'paragraph', '') returning ordinal`,
            [indexVersion, chunk, ctx.projectId, id, ordinal, position, text, start, start + text.length, parentEnd],
          );
          const chunkOrdinal = Number(inserted.rows[0]!.ordinal);
          await client.query(
            `insert into retrieval.vectors (partition, chunk_ordinal, project_id, document_ordinal, embedding)
             values ($1, $2, $3, $4, $5::text::halfvec)`,
            [`${indexVersion}:0`, chunkOrdinal, ctx.projectId, ordinal, JSON.stringify([...embedWords(text)])],
          );
          document.chunks.push({ id: chunk, ordinal: chunkOrdinal, text });
          start += text.length + 1;
        }
        await client.query(
          `insert into retrieval.index_documents (index_version_id, document_id, document_ordinal, organization_id, project_id,
            knowledge_base_id, generation, state, chunk_count) values ($1, $2, $3, $4, $5, $6, 1, 'indexed', $7)`,
          [indexVersion, id, ordinal, ctx.organizationId, ctx.projectId, knowledgeBase, texts.length],
        );
        written.push(document);
      }
      const chunks = written.flatMap((document) => document.chunks);
      const data = Buffer.from(buildSegment(chunks.map(({ ordinal, text }) => ({ ordinal, fields: { text } }))));
      await client.query(
        `insert into retrieval.lexical_segments (index_version_id, project_id, level, doc_count, size_bytes, data)
         values ($1, $2, 0, $3, $4, $5)`,
        [indexVersion, ctx.projectId, chunks.length, data.length, data],
      );
      await client.query(
        'update retrieval.index_versions set revision = revision + 1, chunk_count = chunk_count + $2 where id = $1',
        [indexVersion, chunks.length],
      );
      return written;
    });
  }

  /** Many documents of one chunk each, without a lexical segment: for what vectors alone are asked. */
  async writeVectors(
    ctx: TestTenant,
    { id, indexVersion }: { id: string; indexVersion: string },
    vectors: readonly (readonly number[])[],
  ): Promise<void> {
    await this.database.tx(ctx, async ({ client }) => {
      await client.query(
        `with given as (select * from unnest($5::int8[], $6::text[]) as g(place, vector)),
         docs as (
           insert into retrieval.documents (id, organization_id, project_id, knowledge_base_id, uri, display_name, size_bytes,
             sha256)
           select 'doc_' || $4 || place, $2, $3, $4, place::text, '', 1, '' from given returning id, ordinal, uri
         ), listed as (
           insert into retrieval.index_documents (index_version_id, document_id, document_ordinal, organization_id, project_id,
             knowledge_base_id, generation, state, chunk_count)
           select $1, id, ordinal, $2, $3, $4, 1, 'indexed', 1 from docs
         ), chunks as (
           insert into retrieval.chunks (index_version_id, ordinal, id, project_id, document_id, document_ordinal, position,
             text, prefix, heading_path, start, "end", parent_start, parent_end, page, page_end, regions, tokens, kind, text_hash)
           select $1, nextval('retrieval.chunk_ordinals'), 'chk_' || id, $3, id, ordinal, 0, uri, '', '{}', 0, 1, 0, 1, 0, 0,
             '[]', 1, 'paragraph', '' from docs returning ordinal, document_ordinal
         )
         insert into retrieval.vectors (partition, chunk_ordinal, project_id, document_ordinal, embedding)
         select $1 || ':0', c.ordinal, $3, c.document_ordinal, g.vector::halfvec
         from chunks c join docs d on d.ordinal = c.document_ordinal join given g on g.place::text = d.uri`,
        [
          indexVersion,
          ctx.organizationId,
          ctx.projectId,
          id,
          vectors.map((_, i) => i),
          vectors.map((v) => JSON.stringify(v)),
        ],
      );
      const change = 'update retrieval.index_versions set revision = revision + 1, chunk_count = $2 where id = $1';
      await client.query(change, [indexVersion, vectors.length]);
    });
  }

  /** As DeleteDocument does: gone at once, its chunks are removed later. */
  async delete(ctx: TestTenant, { indexVersion }: { indexVersion: string }, document: string): Promise<void> {
    await this.database.tx(ctx, async ({ client }) => {
      await client.query('delete from retrieval.documents where id = $1', [document]);
      await client.query(`update retrieval.index_documents set state = 'deleting' where document_id = $1`, [document]);
      await client.query('update retrieval.index_versions set revision = revision + 1 where id = $1', [indexVersion]);
    });
  }

  /** Other metadata and another ACL for a document that is there. */
  async relabel(
    ctx: TestTenant,
    { indexVersion }: { indexVersion: string },
    { id, metadata, acl }: { id: string; metadata: Record<string, unknown>; acl: string[] },
  ): Promise<void> {
    await this.database.tx(ctx, async ({ client }) => {
      const values = [id, JSON.stringify(metadata), acl];
      await client.query('update retrieval.documents set metadata = $2, acl = $3 where id = $1', values);
      await client.query('update retrieval.index_versions set revision = revision + 1 where id = $1', [indexVersion]);
    });
  }

  /** The graph over the vectors, as after a build. */
  async buildGraph(ctx: TestTenant, { indexVersion }: { indexVersion: string }): Promise<void> {
    await this.database.tx(ctx, async ({ client }) => {
      await client.query('select retrieval.build_vector_index($1, 0, $2, 16, 64, 64)', [indexVersion, dimensions]);
      await client.query(`update retrieval.index_versions set hnsw_slots = '{0}' where id = $1`, [indexVersion]);
    });
  }

  async run(ctx: RequestContext, knowledgeBaseId: string, part: Partial<SearchInput> = {}): Promise<SearchOutcome> {
    const input = { ...searchInput(knowledgeBaseId), ...part };
    const target = await this.database.tx(ctx, (tx) =>
      this.targets.find(tx, ctx.projectId, knowledgeBaseId, input.indexVersionId),
    );
    if (target === undefined || target === 'index_missing') throw new Error(`no target: ${target}`);
    const vectors = new Map([[model.name, { vector: embedWords(input.query) }]]);
    return this.search.searchBy(ctx, target, input, vectors);
  }
}

export const searchInput = (knowledgeBaseId: string): SearchInput => ({
  knowledgeBaseId,
  indexVersionId: '',
  query: '',
  k: 10,
  filter: undefined,
  principals: [],
  settings: undefined,
  arms: [],
  mmrLambda: undefined,
  expand: 'none',
  neighbours: 0,
  onePerDocument: false,
  includeArms: false,
  explain: false,
});
