import { Document_State } from '@llmops/contracts/retrieval/v1/knowledge_base';
import type { RequestContext } from '@llmops/platform/context';
import { until } from '@llmops/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Harness, startHarness, untilDone } from './harness.ts';

let h: Harness;
let ctx: RequestContext;
let project: string;
let knowledgeBase: string;

beforeAll(async () => {
  h = await startHarness({ RETRIEVAL_MAX_DOCUMENTS: 300, RETRIEVAL_MAX_CHUNKS_PER_DOCUMENT: 300 });
});
afterAll(() => h.stop());
beforeEach(async () => {
  ctx = await h.caller();
  project = ctx.projectId;
  const base = await h.bases.createKnowledgeBase(ctx, { project, displayName: 'Handbook' });
  knowledgeBase = base.id;
  h.inference.embedded.length = 0;
});

const create = (displayName: string, text: string, more: object = {}) =>
  h.documents.createDocument(ctx, {
    project,
    knowledgeBase,
    document: { displayName, content: { case: 'text', value: text }, ...more },
  });
const done = (id: string) => untilDone(h, ctx, knowledgeBase, id);
const found = async (query: string, caller = ctx) => {
  const { results } = await h.search.search(caller, { project: caller.projectId, knowledgeBase, query });
  return results.map(({ document }) => document);
};
/** What the index holds of a document. */
const rowsOf = (document: string) =>
  h.query<{ ordinal: string }>('select ordinal from retrieval.chunks where document_id = $1', [document]);
const vectorsOf = async (document: string) =>
  h.query(
    'select 1 from retrieval.vectors v join retrieval.chunks c on c.ordinal = v.chunk_ordinal where c.document_id = $1',
    [document],
  );

test('a document goes from text to answers, with its parts to be read', async () => {
  const { id, state } = await create('Leave', 'Everyone has thirty days of leave.\n\nUnused days end in March.');
  expect(state).toBe(Document_State.PENDING);
  const indexed = await done(id);
  expect(indexed).toMatchObject({
    state: Document_State.INDEXED,
    chunkCount: 1,
    mediaType: 'text/plain',
    errorCode: '',
  });
  expect(await found('days of leave')).toEqual([id]);
  const place = { project, knowledgeBase, document: id };
  const { chunks } = await h.documents.listChunks(ctx, place);
  const text = await h.documents.getDocumentText(ctx, place);
  expect(chunks.map(({ text: own, start, end }) => text.text.slice(start, end) === own)).toEqual([true]);
  const file = [];
  for await (const { data } of h.documents.readDocument(ctx, place)) file.push(data);
  expect(Buffer.concat(file).toString()).toContain('Unused days');
  const { documents, chunkCount } = await h.bases.getKnowledgeBase(ctx, { project, knowledgeBase });
  expect({ total: documents?.total, indexed: documents?.indexed, chunkCount }).toEqual({
    total: 1n,
    indexed: 1n,
    chunkCount: 1n,
  });
});

test('the same content again changes nothing: no embedding, no row', async () => {
  const first = await done((await create('Leave', 'Thirty days.', { metadata: { team: 'hr' } })).id);
  const before = await rowsOf(first.id);
  const again = await create('Leave', 'Thirty days.', { metadata: { team: 'hr' } });
  expect(again).toMatchObject({ id: first.id, state: Document_State.INDEXED, updateTime: first.updateTime });
  expect(h.inference.embedded).toHaveLength(1);
  expect(await rowsOf(first.id)).toEqual(before);
});

test('other metadata and ACLs hold at once, and nothing is embedded for them', async () => {
  const { id } = await done((await create('Leave', 'Thirty days.')).id);
  const version = await h.versions.getIndexVersion(ctx, { project, knowledgeBase, indexVersion: 'live' });
  await create('Leave', 'Thirty days.', { metadata: { team: 'hr' }, acl: ['group:hr'] });
  expect(await found('thirty days')).toEqual([]);
  const { results } = await h.search.search(ctx, { project, knowledgeBase, query: 'thirty', principals: ['group:hr'] });
  expect(results.map(({ document, metadata }) => [document, metadata])).toEqual([[id, { team: 'hr' }]]);
  const after = await h.versions.getIndexVersion(ctx, { project, knowledgeBase, indexVersion: 'live' });
  expect([after.revision > version.revision, after.digest]).toEqual([true, version.digest]);
  expect(h.inference.embedded).toHaveLength(1);
});

test('a replaced document is found by what it says now, and only its new chunks are embedded', async () => {
  const paragraph = (word: string) => `${word} `.repeat(200).trim();
  const { id, chunkCount } = await done((await create('Rules', `${paragraph('alpha')}\n\n${paragraph('beta')}`)).id);
  expect([chunkCount, h.inference.embedded.length]).toEqual([2, 2]);
  const replaced = await create('Rules', `${paragraph('alpha')}\n\n${paragraph('gamma')}`);
  expect(replaced.id).toBe(id);
  await until(async () => (await done(id)).sha256 === replaced.sha256 && (await found('gamma')).length > 0);
  expect(h.inference.embedded).toHaveLength(3);
  expect(await rowsOf(id)).toHaveLength(2);
  expect(await vectorsOf(id)).toHaveLength(2);
});

test('a deleted document is in no answer when the call returns, and then nowhere', async () => {
  const { id } = await done((await create('Leave', 'Thirty days.')).id);
  await done((await create('Other', 'Thirty hours.')).id);
  await h.documents.deleteDocument(ctx, { project, knowledgeBase, document: id });
  expect(await found('thirty days')).not.toContain(id);
  const gone = h.documents.getDocument(ctx, { project, knowledgeBase, document: id });
  await expect(gone).rejects.toMatchObject({ code: 'retrieval.document_not_found' });
  await until(async () => (await rowsOf(id)).length === 0);
  const version = await until(async () => {
    const live = await h.versions.getIndexVersion(ctx, { project, knowledgeBase, indexVersion: 'live' });
    return live.chunkCount === 1n ? live : undefined;
  });
  expect(version.documents?.total).toBe(1n);
});

test('a document that cannot be read has failed, with a code and a sentence, and can be read again', async () => {
  const picture = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  const uploaded = await h.documents.uploadDocument(ctx, {
    ...{ project, knowledgeBase, displayName: 'scan.png' },
    body: { contentType: 'image/png', data: picture },
  });
  const failed = await done(uploaded.id);
  expect(failed).toMatchObject({
    state: Document_State.FAILED,
    errorCode: 'retrieval.document_unsupported_type',
    chunkCount: 0,
  });
  expect(failed.errorMessage).toContain('picture');
  const place = { project, knowledgeBase, document: failed.id };
  await expect(h.documents.getDocumentText(ctx, place)).rejects.toMatchObject({ code: 'retrieval.document_not_read' });
  const again = await h.documents.reprocessDocument(ctx, place);
  expect([again.state, again.errorCode]).toEqual([Document_State.PENDING, '']);
  expect((await done(failed.id)).state).toBe(Document_State.FAILED);
});

test('many at once come in the order given; one uri twice is refused', async () => {
  const texts = Array.from({ length: 300 }, (_, i) => `Rule number ${i} of the house.`);
  const documents = texts.map((value, i) => ({ displayName: `Rule ${i}`, content: { case: 'text' as const, value } }));
  const made = await h.documents.batchCreateDocuments(ctx, { project, knowledgeBase, documents });
  expect(made.documents.map(({ displayName }) => displayName)).toEqual(documents.map(({ displayName }) => displayName));
  await until(async () => {
    const { documents: counts } = await h.bases.getKnowledgeBase(ctx, { project, knowledgeBase });
    return counts?.indexed === 300n;
  });
  const twice = h.documents.batchCreateDocuments(ctx, {
    project,
    knowledgeBase,
    documents: [documents[0]!, documents[0]!],
  });
  await expect(twice).rejects.toMatchObject({ code: 'retrieval.document_invalid' });
  await expect(create('One more', 'Too many.')).rejects.toMatchObject({ code: 'retrieval.too_many_documents' });
  const first = await h.documents.listDocuments(ctx, { project, knowledgeBase, pageSize: 200 });
  const rest = await h.documents.listDocuments(ctx, {
    project,
    knowledgeBase,
    pageSize: 200,
    pageToken: first.nextPageToken,
  });
  expect(first.documents.length + rest.documents.length).toBe(300);
  const some = await h.documents.listDocuments(ctx, {
    project,
    knowledgeBase,
    query: 'rule 29',
    state: Document_State.INDEXED,
  });
  expect(some.documents).toHaveLength(13);
});

test('two callers who make the same document at once make one', async () => {
  const made = await Promise.all(Array.from({ length: 6 }, () => create('Leave', 'Thirty days.')));
  expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  await done(made[0]!.id);
  expect(await rowsOf(made[0]!.id)).toHaveLength(1);
});

test('a document of too many chunks has failed and says so', async () => {
  const { id } = await create('Long', 'Word after word. '.repeat(30_000));
  expect(await done(id)).toMatchObject({
    state: Document_State.FAILED,
    errorCode: 'retrieval.document_too_many_chunks',
  });
});

test('an upload becomes a document', async () => {
  h.data.uploads.set('upl_1', Buffer.from(`${'Long text. '.repeat(5_000)}`));
  const { id, sizeBytes } = await h.documents.createDocument(ctx, {
    ...{ project, knowledgeBase },
    document: { displayName: 'long.txt', content: { case: 'upload', value: 'upl_1' } },
  });
  expect(sizeBytes).toBe(55_000n);
  expect((await done(id)).chunkCount).toBeGreaterThan(30);
  h.data.uploads.set('upl_2', Buffer.alloc((1 << 20) + 1));
  const tooLarge = h.documents.createDocument(ctx, {
    ...{ project, knowledgeBase },
    document: { displayName: 'huge.txt', content: { case: 'upload', value: 'upl_2' } },
  });
  await expect(tooLarge).rejects.toMatchObject({ code: 'retrieval.document_too_large' });
});

test('another tenant sees nothing of it, by whatever name', async () => {
  const { id } = await done((await create('Leave', 'Thirty days.')).id);
  const other = await h.caller();
  const place = { project: other.projectId, knowledgeBase };
  const notThere = { code: 'retrieval.knowledge_base_not_found' };
  await expect(h.documents.getDocument(other, { ...place, document: id })).rejects.toMatchObject(notThere);
  await expect(h.documents.listDocuments(other, place)).rejects.toMatchObject(notThere);
  await expect(h.documents.deleteDocument(other, { ...place, document: id })).rejects.toMatchObject(notThere);
  await expect(h.documents.listChunks(other, { ...place, document: id })).rejects.toMatchObject(notThere);
  await expect(h.bases.deleteKnowledgeBase(other, place)).rejects.toMatchObject(notThere);
  await expect(h.versions.getIndexVersion(other, { ...place, indexVersion: 'live' })).rejects.toMatchObject(notThere);
  const own = await h.bases.createKnowledgeBase(other, { project: other.projectId, displayName: 'Own' });
  const elsewhere = { project: other.projectId, knowledgeBase: own.id, document: id };
  await expect(h.documents.getDocument(other, elsewhere)).rejects.toMatchObject({
    code: 'retrieval.document_not_found',
  });
  expect((await h.bases.listKnowledgeBases(other, { project: other.projectId })).knowledgeBases).toHaveLength(1);
});

test('a preview cuts without keeping anything', async () => {
  const preview = await h.documents.previewChunks(ctx, {
    ...{ project, knowledgeBase, content: { case: 'text', value: 'word '.repeat(100) } },
    chunker: { maxTokens: 20, overlapTokens: 0 },
  });
  expect(preview.chunkCount).toBeGreaterThanOrEqual(5);
  expect(preview.chunks.every(({ tokens }) => tokens <= 20)).toBe(true);
  const tooLong = h.documents.previewChunks(ctx, {
    ...{ project, knowledgeBase, content: { case: 'text', value: 'word' } },
    chunker: { maxTokens: 250 },
  });
  await expect(tooLong).rejects.toMatchObject({ code: 'retrieval.chunker_invalid' });
  expect(h.inference.embedded).toEqual([]);
});

test('a knowledge base that is deleted is gone at once, and its tables after that', async () => {
  const { id } = await done((await create('Leave', 'Thirty days.')).id);
  const { liveIndexVersion } = await h.bases.getKnowledgeBase(ctx, { project, knowledgeBase });
  await h.bases.deleteKnowledgeBase(ctx, { project, knowledgeBase });
  const gone = h.search.search(ctx, { project, knowledgeBase, query: 'thirty' });
  await expect(gone).rejects.toMatchObject({ code: 'retrieval.knowledge_base_not_found' });
  await until(async () => {
    const tables = await h.query('select 1 from pg_class where relname like $1', [`%${liveIndexVersion.slice(3)}%`]);
    const rows = await h.query('select 1 from retrieval.documents where id = $1', [id]);
    return tables.length === 0 && rows.length === 0;
  });
});
