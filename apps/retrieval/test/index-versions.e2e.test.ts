import { Document_State, type IndexVersion, IndexVersion_State } from '@llmops/contracts/retrieval/v1/knowledge_base';
import type { RequestContext } from '@llmops/platform/context';
import { until } from '@llmops/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Harness, startHarness, untilDone } from './harness.ts';

let h: Harness;
let ctx: RequestContext;
let project: string;
let knowledgeBase: string;

beforeAll(async () => {
  h = await startHarness({ RETRIEVAL_HNSW_MIN_VECTORS: 50 });
});
afterAll(() => h.stop());
beforeEach(async () => {
  ctx = await h.caller();
  project = ctx.projectId;
  const base = await h.bases.createKnowledgeBase(ctx, { project, displayName: 'Handbook' });
  knowledgeBase = base.id;
  Object.assign(h.inference, { embedded: [], mode: 'well', digest: 'd1' });
});

const put = async (displayName: string, text: string) => {
  const { id } = await h.documents.createDocument(ctx, {
    ...{ project, knowledgeBase },
    document: { displayName, content: { case: 'text', value: text } },
  });
  return untilDone(h, ctx, knowledgeBase, id);
};
const get = (indexVersion: string) => h.versions.getIndexVersion(ctx, { project, knowledgeBase, indexVersion });
const build = (settings: object) => h.versions.createIndexVersion(ctx, { project, knowledgeBase, settings });
const untilReady = (id: string): Promise<IndexVersion> =>
  until(async () => {
    const version = await get(id);
    return version.state === IndexVersion_State.READY ? version : undefined;
  });
const found = async (query: string, indexVersion = '') => {
  const response = await h.search.search(ctx, { project, knowledgeBase, query, indexVersion });
  return response.results.map(({ documentName }) => documentName);
};

test('a version is built beside the live one, switched to at once, and switched back from', async () => {
  await put('Leave', 'Thirty days of leave.');
  await put('Travel', 'Trains before planes.');
  const first = await get('live');
  const second = await build({ embeddingModels: ['tiny-a', 'tiny-b'], chunker: { maxTokens: 64 } });
  expect(second.state).toBe(IndexVersion_State.BUILDING);
  const early = h.versions.activateIndexVersion(ctx, { project, knowledgeBase, indexVersion: second.id });
  await expect(early).rejects.toMatchObject({ code: 'retrieval.index_version_not_ready' });
  const ready = await untilReady(second.id);
  expect(ready.documents).toMatchObject({ total: 2n, indexed: 2n });
  expect(ready.embeddingModels.map(({ name, digest, dimensions }) => [name, digest, dimensions])).toEqual([
    ['tiny-a', 'd1 of tiny-a', 16],
    ['tiny-b', 'd1 of tiny-b', 24],
  ]);
  expect(ready.digest).not.toBe(first.digest);
  const base = await h.versions.activateIndexVersion(ctx, { project, knowledgeBase, indexVersion: second.id });
  expect([base.liveIndexVersion, base.previousIndexVersion]).toEqual([second.id, first.id]);
  expect((await get('live')).state).toBe(IndexVersion_State.LIVE);
  expect(await found('leave')).toContain('Leave');
  const back = await h.versions.rollbackIndexVersion(ctx, { project, knowledgeBase });
  expect([back.liveIndexVersion, back.previousIndexVersion]).toEqual([first.id, second.id]);
  const inUse = h.versions.deleteIndexVersion(ctx, { project, knowledgeBase, indexVersion: first.id });
  await expect(inUse).rejects.toMatchObject({ code: 'retrieval.index_version_in_use' });
  await h.versions.deleteIndexVersion(ctx, { project, knowledgeBase, indexVersion: second.id });
  const nowhere = h.versions.rollbackIndexVersion(ctx, { project, knowledgeBase });
  await expect(nowhere).rejects.toMatchObject({ code: 'retrieval.nothing_to_roll_back_to' });
  await until(async () => {
    const tables = await h.query('select 1 from pg_class where relname like $1', [`%${second.id.slice(3)}%`]);
    return tables.length === 0;
  });
  const { indexVersions } = await h.versions.listIndexVersions(ctx, { project, knowledgeBase });
  expect(indexVersions.map(({ id, number }) => [id, number])).toEqual([[first.id, 1]]);
});

test('documents that change meanwhile are in every version, so that a way back is never stale', async () => {
  await put('Leave', 'Thirty days of leave.');
  const gone = await put('Old', 'Smoking rooms.');
  const first = await get('live');
  const second = await build({ embeddingModels: ['tiny-b'] });
  await put('New', 'Bicycles are paid for.');
  await put('Leave', 'Twenty days of vacation.');
  await h.documents.deleteDocument(ctx, { project, knowledgeBase, document: gone.id });
  await untilReady(second.id);
  await h.versions.activateIndexVersion(ctx, { project, knowledgeBase, indexVersion: second.id });
  await put('Late', 'Dogs are welcome.');
  for (const version of [first.id, second.id]) {
    await until(async () => (await get(version)).documents?.pending === 0n);
    expect(await found('bicycles vacation dogs', version)).toEqual(expect.arrayContaining(['New', 'Leave', 'Late']));
    expect(await found('smoking rooms thirty', version)).not.toContain('Old');
    expect((await get(version)).documents).toMatchObject({ total: 3n, indexed: 3n });
  }
});

test('the same settings over the same documents have the same digest, and nothing is embedded twice', async () => {
  await put('Leave', 'Thirty days of leave.');
  await put('Travel', 'Trains before planes.');
  const embedded = h.inference.embedded.length;
  const again = await untilReady((await build({})).id);
  const first = await get('live');
  expect(again.digest).toBe(first.digest);
  expect([again.embeddedChunks, again.reusedChunks]).toEqual([0n, 2n]);
  expect(h.inference.embedded).toHaveLength(embedded);
  await put('More', 'Something else.');
  const after = await until(async () => {
    const version = await get('live');
    return version.revision > first.revision ? version : undefined;
  });
  expect(after.digest).not.toBe(first.digest);
});

test('many vectors get an HNSW index when the version is complete, and the live one when it has grown', async () => {
  const documents = Array.from({ length: 60 }, (_, i) => ({
    displayName: `Rule ${i}`,
    content: { case: 'text' as const, value: `Rule ${i} about topic ${i % 7}.` },
  }));
  await h.documents.batchCreateDocuments(ctx, { project, knowledgeBase, documents });
  const { liveIndexVersion } = await h.bases.getKnowledgeBase(ctx, { project, knowledgeBase });
  const indexes = (version: string) =>
    h.query('select 1 from pg_indexes where indexname like $1', [`%${version.slice(3)}%hnsw`]);
  await until(async () => (await indexes(liveIndexVersion)).length === 1);
  const second = await untilReady((await build({ embeddingModels: ['tiny-b', 'tiny-a'] })).id);
  expect(await indexes(second.id)).toHaveLength(2);
  expect(await found('rule 31', second.id)).toContain('Rule 31');
  await put('Rule 31', 'Rule 31 was replaced by something on bananas.');
  await until(async () => (await found('bananas', second.id))[0] === 'Rule 31');
});

test('segments of the lexical index are merged, and those of deleted documents dropped', async () => {
  for (let i = 0; i < 9; i += 1) await put(`Rule ${i}`, `Rule number ${i} of zebras.`);
  const { id } = await get('live');
  const segments = () =>
    h.query<{ level: number; doc_count: number }>(
      'select level, doc_count from retrieval.lexical_segments where index_version_id = $1',
      [id],
    );
  await until(async () => (await segments()).some(({ level }) => level > 0));
  expect(await found('zebras')).toHaveLength(9);
  const { documents } = await h.documents.listDocuments(ctx, { project, knowledgeBase });
  for (const { id: document } of documents.slice(0, 6)) {
    await h.documents.deleteDocument(ctx, { project, knowledgeBase, document });
  }
  await until(async () => (await segments()).reduce((sum, { doc_count }) => sum + doc_count, 0) === 3, 20_000);
  expect(await found('zebras')).toHaveLength(3);
});

test('settings that cannot be are refused by their field', async () => {
  await expect(build({ embeddingModels: ['none'] })).rejects.toMatchObject({
    code: 'retrieval.embedding_model_not_found',
  });
  await expect(build({ chunker: { maxTokens: 8000 } })).rejects.toMatchObject({ code: 'retrieval.chunker_invalid' });
  await build({});
  await build({});
  await expect(build({})).rejects.toMatchObject({ code: 'retrieval.too_many_index_versions' });
});

test('an index is not mixed with vectors of another build of its model', async () => {
  await put('Leave', 'Thirty days of leave.');
  h.inference.digest = 'd2';
  const failed = await put('Travel', 'Trains before planes.');
  expect(failed).toMatchObject({ state: Document_State.FAILED, errorCode: 'retrieval.embedding_model_changed' });
  const fresh = await untilReady((await build({})).id);
  expect(fresh.documents).toMatchObject({ indexed: 2n, failed: 0n });
  await h.versions.activateIndexVersion(ctx, { project, knowledgeBase, indexVersion: fresh.id });
  expect(await found('trains')).toContain('Travel');
});
