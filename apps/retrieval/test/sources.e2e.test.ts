import { create } from '@bufbuild/protobuf';
import { SourceDeletedSchema, SourceSyncedSchema } from '@llmops/contracts/data/v1/source';
import { Document_State } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { connectNats, type Nats } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { ensureEventStream, eventMessage } from '@llmops/platform/events';
import { until } from '@llmops/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Harness, startHarness } from './harness.ts';

let h: Harness;
let nats: Nats;
let ctx: RequestContext;
let project: string;
let source: string;
let sources = 0;

beforeAll(async () => {
  h = await startHarness();
  nats = await connectNats(h.natsUrl, 'test');
  await ensureEventStream(nats, SourceSyncedSchema);
});
afterAll(async () => {
  await nats.drain();
  await h.stop();
});
beforeEach(async () => {
  ctx = await h.caller();
  project = ctx.projectId;
  sources += 1;
  source = `src_${sources}`;
  h.data.items.clear();
  Object.assign(h.data, { reads: 0 });
  h.inference.embedded.length = 0;
  h.data.items.set('guides/leave.txt', { text: 'Thirty days of leave.', sync: 's0' });
  h.data.items.set('guides/travel.txt', { text: 'Trains before planes.', sync: 's0', acl: ['group:travel'] });
});

const follow = async () =>
  (await h.bases.createKnowledgeBase(ctx, { project, displayName: 'KB', sources: [source] })).id;
const names = async (knowledgeBase: string) => {
  const { documents } = await h.documents.listDocuments(ctx, { project, knowledgeBase });
  const done = documents.every(({ state }) => state === Document_State.INDEXED);
  return done ? documents.map(({ uri }) => uri).sort() : undefined;
};
const uri = (path: string) => `source:${source}/${path}`;
const untilNames = (knowledgeBase: string, paths: string[]) =>
  until(async () => JSON.stringify(await names(knowledgeBase)) === JSON.stringify(paths.map(uri).sort()));

async function tell(sync: string): Promise<void> {
  const event = create(SourceSyncedSchema, { organizationId: ctx.organizationId, project, source, sync: { id: sync } });
  const { subject, payload } = eventMessage('llmops/data', SourceSyncedSchema, event);
  await nats.jetstream.publish(subject, payload);
}

const jobsDone = () =>
  until(async () => (await h.query(`select 1 from retrieval.jobs where state in ('queued', 'running')`)).length === 0);

test('a knowledge base takes in its source, and then what each sync changed', async () => {
  const knowledgeBase = await follow();
  await untilNames(knowledgeBase, ['guides/leave.txt', 'guides/travel.txt']);
  const { documents } = await h.documents.listDocuments(ctx, { project, knowledgeBase, query: 'travel' });
  expect(documents[0]).toMatchObject({ displayName: 'travel.txt', source, acl: ['group:travel'] });
  h.data.items.set('guides/leave.txt', { text: 'Twenty days of leave.', sync: 's1' });
  h.data.items.set('guides/travel.txt', { text: '', sync: 's1', removed: true });
  h.data.items.set('guides/dogs.txt', { text: 'Dogs are welcome.', sync: 's1' });
  await tell('s1');
  await untilNames(knowledgeBase, ['guides/dogs.txt', 'guides/leave.txt']);
  expect(h.data.reads).toBe(4);
});

test('a sync that brings nothing new reads, embeds and writes nothing', async () => {
  const knowledgeBase = await follow();
  await untilNames(knowledgeBase, ['guides/leave.txt', 'guides/travel.txt']);
  const rows = () =>
    h.query('select id, update_time, generation from retrieval.documents where knowledge_base_id = $1 order by id', [
      knowledgeBase,
    ]);
  const before = await rows();
  await tell('s0');
  await until(
    async () => (await h.query('select 1 from retrieval.jobs where project_id = $1', [project])).length === 2,
  );
  await jobsDone();
  expect(await rows()).toEqual(before);
  expect([h.data.reads, h.inference.embedded.length]).toEqual([2, 2]);
});

test('documents of a source that is left out or deleted go, others stay', async () => {
  const knowledgeBase = await follow();
  await h.documents.createDocument(ctx, {
    ...{ project, knowledgeBase },
    document: { displayName: 'own', content: { case: 'text', value: 'My own.' } },
  });
  await until(async () => (await names(knowledgeBase))?.length === 3);
  await h.bases.updateKnowledgeBase(ctx, { project, knowledgeBase, sources: { sources: [] } });
  await until(async () => (await names(knowledgeBase))?.join() === 'own');
  await h.bases.updateKnowledgeBase(ctx, { project, knowledgeBase, sources: { sources: [source] } });
  await until(async () => (await names(knowledgeBase))?.length === 3);
  const event = create(SourceDeletedSchema, { organizationId: ctx.organizationId, project, source });
  const { subject, payload } = eventMessage('llmops/data', SourceDeletedSchema, event);
  await nats.jetstream.publish(subject, payload);
  await until(async () => (await names(knowledgeBase))?.join() === 'own');
  expect((await h.bases.getKnowledgeBase(ctx, { project, knowledgeBase })).sources).toEqual([]);
});
