import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, migrate } from '@llmops/db';
import { defaultCacheDir, ensureBinaries, freePort, prepareDatabase, startPostgres } from '@llmops/embedded';
import { dimensions, k } from './vector-data.mjs';

const source = (path) => import(new URL(`../../apps/retrieval/src/${path}`, import.meta.url).href);
const { denseSettings, nearestChunks } = await source('modules/search/nearest-chunks.ts');
const { countScope, listScope, mostListed } = await source('modules/search/list-scope.ts');
const { choosePlan } = await source('vectors/index.ts');

const tenant = { organizationId: 'org_bench', projectId: 'prj_bench' };
const folder = new URL('../../apps/retrieval/drizzle', import.meta.url).pathname;

/** Postgres as `npm start` runs it, with the service's schema; `use` gets a way to fill it and a way to ask. */
export async function withDatabase(use) {
  const scratch = mkdtempSync(join(tmpdir(), 'llmops-bench-'));
  const binaries = await ensureBinaries({ cacheDir: defaultCacheDir() });
  const server = await startPostgres({
    binaries,
    dataDir: join(scratch, 'pg'),
    port: await freePort(),
    password: 'bench',
  });
  const passwords = { retrieval_app: 'bench', retrieval_owner: 'bench' };
  const as = (user, url) => Object.assign(new URL(url), { username: user }).href;
  const url = await prepareDatabase(server.url, { passwords });
  await migrate({ ownerUrl: as('retrieval_owner', url), service: 'retrieval', folder });
  const database = createDatabase({ url: as('retrieval_app', url), maxConnections: 2, statementTimeoutMs: 0 });
  database.pool.on('connect', (client) => void client.query(denseSettings));
  try {
    return await use(database);
  } finally {
    await database.close();
    await server.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

const newIndex = () => `ix_${randomBytes(13).toString('hex')}`;

/** One chunk a vector, one document a chunk; the place in `stored` is in the metadata. Builds the index after the load. */
export async function load(database, stored, { efConstruction = 96 } = {}) {
  const index = {
    id: newIndex(),
    knowledgeBase: `kb_${randomBytes(8).toString('hex')}`,
    count: stored.length / dimensions,
  };
  let begin = performance.now();
  await database.tx(tenant, async ({ client }) => {
    await client.query(
      `insert into retrieval.index_versions (id, organization_id, project_id, knowledge_base_id, number, settings, models,
        parser_version, chunker_version, analyzer_version, state, document_set, digest, last_ordinal, created_by)
       values ($1, $2, $3, $4, 1, '{}', '[]', '', '', '', 'ready', '', '', 0, '')`,
      [index.id, tenant.organizationId, tenant.projectId, index.knowledgeBase],
    );
    await client.query('select retrieval.create_index_partitions($1, 1)', [index.id]);
  });
  for (let at = 0; at < index.count; at += 1_000) await loadPart(database, index, stored, at);
  const loadS = (performance.now() - begin) / 1_000;
  begin = performance.now();
  await database.tx(tenant, ({ client }) =>
    client.query('select retrieval.build_vector_index($1, 0, $2, 16, $3, 256)', [index.id, dimensions, efConstruction]),
  );
  const buildS = (performance.now() - begin) / 1_000;
  const sizeMb = await database.tx(tenant, async ({ client }) => {
    const { rows } = await client.query('select retrieval.index_size_bytes($1) as bytes', [index.id]);
    return Number(rows[0].bytes) / 2 ** 20;
  });
  return { ...index, loadS, buildS, sizeMb };
}

async function loadPart(database, { id, knowledgeBase, count }, stored, from) {
  const places = Array.from({ length: Math.min(1_000, count - from) }, (_, i) => from + i);
  const text = (at) =>
    `[${Array.from(stored.subarray(at * dimensions, (at + 1) * dimensions), (v) => v.toFixed(5)).join(',')}]`;
  const params = [id, tenant.organizationId, tenant.projectId, knowledgeBase, places, places.map(text)];
  await database.tx(tenant, ({ client }) =>
    client.query(
      `with given as (select * from unnest($5::int8[], $6::text[]) as g(place, vector)),
       docs as (
         insert into retrieval.documents (id, organization_id, project_id, knowledge_base_id, uri, display_name, size_bytes,
           sha256, metadata)
         select 'doc_' || $4 || place, $2, $3, $4, place::text, '', 1, '', jsonb_build_object('place', place, 'm2', place % 2,
           'm20', place % 20, 'm100', place % 100, 'm200', place % 200, 'm2000', place % 2000) from given
         returning id, ordinal, (metadata ->> 'place')::int8 as place
       ), counted as (
         insert into retrieval.index_documents (index_version_id, document_id, document_ordinal, organization_id, project_id,
           knowledge_base_id, generation, state, chunk_count)
         select $1, id, ordinal, $2, $3, $4, 1, 'indexed', 1 from docs
       ), chunks as (
         insert into retrieval.chunks (index_version_id, ordinal, id, project_id, document_id, document_ordinal, position, text,
           prefix, heading_path, start, "end", parent_start, parent_end, page, page_end, regions, tokens, kind, text_hash)
         select $1, nextval('retrieval.chunk_ordinals'), 'chk_' || place, $3, id, ordinal, 0, 'chunk ' || place, '', '{}', 0, 9, 0,
           9, 0, 0, '[]', 2, 'paragraph', '' from docs
         returning ordinal, document_ordinal, document_id
       )
       insert into retrieval.vectors (partition, chunk_ordinal, project_id, document_ordinal, embedding)
       select $1 || ':0', c.ordinal, $3, c.document_ordinal, g.vector::halfvec
       from chunks c join docs d on d.ordinal = c.document_ordinal join given g on g.place = d.place`,
      params,
    ),
  );
}

/** The dense arm as a search runs it: the scope's list from memory after the first time, the plan, one transaction. */
export async function ask(database, index, filter) {
  const condition = { key: `m${filter.modulo}`, operator: 1, value: number(filter.value) };
  const scope = {
    knowledgeBaseId: index.knowledgeBase,
    filter: filter.modulo ? { kind: { case: 'condition', value: condition } } : undefined,
    principals: [],
  };
  const places = await placesOf(database, index);
  const begin = performance.now();
  const chunks = filter.modulo
    ? await database.tx(
        tenant,
        async (tx) => (await listScope(tx, index.id, scope, mostListed)) ?? (await count(tx, index, scope)),
      )
    : { count: index.count, listed: undefined, isAll: true };
  const scopeMs = performance.now() - begin;
  const plan = choosePlan({
    total: index.count,
    matching: chunks.count,
    isListed: chunks.listed !== undefined,
    k,
    hasHnsw: true,
  });
  const search = async (vector) => {
    const query = { indexVersionId: index.id, slot: 0, dimensions, vector, scope, chunks, plan, k };
    const found = await database.tx(tenant, (tx) => nearestChunks(tx, query));
    return found.map(({ ordinal }) => places.get(ordinal));
  };
  return { scopeMs, plan, search };
}

const count = async (tx, index, scope) => ({
  count: await countScope(tx, index.id, scope),
  listed: undefined,
  isAll: false,
});

const number = (value) => ({ $typeName: 'google.protobuf.Value', kind: { case: 'numberValue', value } });

async function placesOf(database, index) {
  const { rows } = await database.tx(tenant, ({ client }) =>
    client.query({
      text: `select ordinal, substr(id, 5)::int as place from retrieval.chunks where index_version_id = $1`,
      values: [index.id],
    }),
  );
  return new Map(rows.map(({ ordinal, place }) => [Number(ordinal), place]));
}
