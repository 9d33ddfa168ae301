import { readFileSync } from 'node:fs';
import { readdir, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { Document_State } from '@llmops/contracts/retrieval/v1/knowledge_base';
import type { RequestContext } from '@llmops/platform/context';
import { until } from '@llmops/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RemoveDeleted } from '../src/modules/ingest/index.ts';
import { type Harness, startHarness, untilDone } from './harness.ts';

let h: Harness;
let ctx: RequestContext;
let project: string;
let knowledgeBase: string;

beforeAll(async () => {
  h = await startHarness();
  ctx = await h.caller();
  project = ctx.projectId;
  const base = await h.bases.createKnowledgeBase(ctx, { project, displayName: 'Files' });
  knowledgeBase = base.id;
});
afterAll(() => h.stop());

async function upload(name: string, metadataJson = '') {
  const data = readFileSync(new URL(`../fixtures/parsing/${name}`, import.meta.url));
  const { id } = await h.documents.uploadDocument(ctx, {
    ...{ project, knowledgeBase, displayName: name, metadataJson },
    body: { contentType: 'application/octet-stream', data },
  });
  return untilDone(h, ctx, knowledgeBase, id);
}

test('a PDF is indexed with the places of its chunks, and its pages can be shown', async () => {
  const document = await upload('handbook.pdf', '{"team":"hr"}');
  expect(document).toMatchObject({
    state: Document_State.INDEXED,
    mediaType: 'application/pdf',
    metadata: { team: 'hr' },
  });
  const place = { project, knowledgeBase, document: document.id };
  const { chunks } = await h.documents.listChunks(ctx, place);
  const { text, pages } = await h.documents.getDocumentText(ctx, place);
  expect(pages).toHaveLength(document.pageCount);
  for (const chunk of chunks) {
    expect(text.slice(chunk.start, chunk.end)).toBe(chunk.text);
    expect(chunk.page).toBeGreaterThan(0);
    expect(chunk.regions.length).toBeGreaterThan(0);
  }
  const page = await h.documents.getDocumentPage(ctx, { ...place, page: 1, width: 300 });
  expect([page.contentType, Buffer.from(page.data).toString('hex', 0, 4)]).toEqual(['image/png', '89504e47']);
  const beyond = h.documents.getDocumentPage(ctx, { ...place, page: 10_000 });
  await expect(beyond).rejects.toMatchObject({ code: 'retrieval.page_not_found' });
});

test('an index with other settings is built from what was read, without reading again', async () => {
  // With the files gone nothing could be read.
  await rm(join(h.objects, 'retrieval', project, 'files'), { recursive: true, force: true });
  await h.query('update retrieval.documents set content = null');
  const { id } = await h.versions.createIndexVersion(ctx, {
    ...{ project, knowledgeBase },
    settings: { chunker: { maxTokens: 64, overlapTokens: 0 } },
  });
  const version = await until(async () => {
    const found = await h.versions.getIndexVersion(ctx, { project, knowledgeBase, indexVersion: id });
    return found.documents?.pending === 0n ? found : undefined;
  });
  const live = await h.versions.getIndexVersion(ctx, { project, knowledgeBase, indexVersion: 'live' });
  expect(version.documents).toMatchObject({ indexed: 1n, failed: 0n });
  expect(version.chunkCount).toBeGreaterThan(live.chunkCount);
});

test.each([
  ['libreoffice-writer-password.pdf', 'retrieval.document_encrypted'],
  ['imagemagick-lzw.pdf', 'retrieval.document_scanned_no_text'],
])('%s has failed with %s and a sentence', async (name, errorCode) => {
  const document = await upload(name);
  expect(document).toMatchObject({ state: Document_State.FAILED, errorCode });
  expect(document.errorMessage).toMatch(/\.$/);
});

test('what was stored for a document that is gone is swept away, what others need stays', async () => {
  const own = await h.caller();
  const { id: base } = await h.bases.createKnowledgeBase(own, { project: own.projectId, displayName: 'Swept' });
  const names = ['handbook.pdf', 'handbook.html'];
  for (const name of names) {
    const data = readFileSync(new URL(`../fixtures/parsing/${name}`, import.meta.url));
    const body = { contentType: '', data: Buffer.concat([data, Buffer.alloc(40_000, '\n')]) };
    const place = { project: own.projectId, knowledgeBase: base };
    const { id } = await h.documents.uploadDocument(own, { ...place, displayName: name, body });
    await untilDone(h, own, base, id);
    if (name === names[0]) await h.documents.deleteDocument(own, { ...place, document: id });
  }
  const folder = join(h.objects, 'retrieval', own.projectId);
  const stored = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  expect(await stored()).toHaveLength(4);
  const sweep = () => h.service.app.get(RemoveDeleted).sweep();
  await sweep();
  expect(await stored()).toHaveLength(4);
  for (const { parentPath, name } of await stored()) await utimes(join(parentPath, name), new Date(0), new Date(0));
  await sweep();
  expect(await stored()).toHaveLength(2);
});
