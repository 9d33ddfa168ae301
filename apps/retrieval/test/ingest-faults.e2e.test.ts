import { Document_State } from '@llmops/contracts/retrieval/v1/knowledge_base';
import type { RequestContext } from '@llmops/platform/context';
import { startOwnServers, until } from '@llmops/testing';
import { afterEach, expect, test } from 'vitest';
import { migrationsFolder } from '../src/db/migrate.ts';
import { type Harness, startHarness, untilDone } from './harness.ts';

let h: Harness;
let ctx: RequestContext;

afterEach(async () => {
  await h.stop();
});

async function newBase(): Promise<{ project: string; knowledgeBase: string }> {
  ctx = await h.caller();
  const project = ctx.projectId;
  const { id } = await h.bases.createKnowledgeBase(ctx, { project, displayName: 'Handbook' });
  return { project, knowledgeBase: id };
}

const textOf = (i: number) => `Rule number ${i} of the house, which is about topic ${i % 5}.`;
const batch = (place: { project: string; knowledgeBase: string }, count: number) =>
  h.documents.batchCreateDocuments(ctx, {
    ...place,
    documents: Array.from({ length: count }, (_, i) => ({
      displayName: `Rule ${i}`,
      content: { case: 'text' as const, value: textOf(i) },
    })),
  });
const countsOf = async (place: { project: string; knowledgeBase: string }) =>
  (await h.bases.getKnowledgeBase(ctx, place)).documents!;
const chunksPerDocument = () =>
  h.query<{ chunks: number; vectors: number }>(
    `select count(*)::int as chunks, count(v.chunk_ordinal)::int as vectors from retrieval.chunks c
     left join retrieval.vectors v on v.chunk_ordinal = c.ordinal group by c.document_id`,
  );

test.each(['parsing', 'chunking', 'embedding', 'writing'] as const)(
  'a process that is lost while documents are %s leaves nothing half done: another one ends them, once',
  async (stage) => {
    let stuck = 0;
    h = await startHarness(
      {},
      {
        probe: async (at) => {
          if (at !== stage) return;
          stuck += 1;
          // For ever, as a process that is gone.
          await new Promise(() => {});
        },
      },
    );
    const place = await newBase();
    await batch(place, 20);
    await until(() => stuck === 20);
    // As a kill leaves it: whoever held them does not speak again, and the leases run out.
    await h.query(
      `update retrieval.index_documents set lease_owner = 'wrk_lost', lease_expire_time = now() - interval '1 s'`,
    );
    await h.another();
    await until(async () => (await countsOf(place)).indexed === 20n);
    const written = await chunksPerDocument();
    expect(written).toEqual(Array.from({ length: 20 }, () => ({ chunks: 1, vectors: 1 })));
    expect(new Set(h.inference.embedded).size).toBe(h.inference.embedded.length);
  },
);

test('a storm of refusals by inference is waited out', async () => {
  h = await startHarness();
  const place = await newBase();
  h.inference.mode = 'busy';
  await batch(place, 30);
  await until(() => h.inference.refused > 2);
  expect(await countsOf(place)).toMatchObject({ failed: 0n, indexed: 0n, pending: 30n });
  h.inference.mode = 'away';
  const before = h.inference.refused;
  await until(() => h.inference.refused > before);
  h.inference.mode = 'well';
  await until(async () => (await countsOf(place)).indexed === 30n, 25_000);
  expect(h.inference.embedded).toHaveLength(30);
});

test('a document that is replaced or deleted while it is embedded ends as it is then', async () => {
  h = await startHarness();
  const place = await newBase();
  h.inference.mode = 'hanging';
  const [replaced, deleted] = (await batch(place, 2)).documents;
  await until(async () => {
    const rows = await h.query(`select 1 from retrieval.index_documents where state = 'embedding'`);
    return rows.length === 2;
  });
  await h.documents.createDocument(ctx, {
    ...place,
    document: { displayName: replaced!.displayName, content: { case: 'text', value: 'Bananas are free.' } },
  });
  await h.documents.deleteDocument(ctx, { ...place, document: deleted!.id });
  h.inference.mode = 'well';
  const done = await untilDone(h, ctx, place.knowledgeBase, replaced!.id);
  expect(done).toMatchObject({ state: Document_State.INDEXED, chunkCount: 1 });
  const rows = await until(async () => {
    const left = await h.query<{ text: string }>('select text from retrieval.chunks');
    const list = await h.query('select 1 from retrieval.index_documents');
    return left.length === 1 && list.length === 1 ? left : undefined;
  });
  expect(rows).toEqual([{ text: 'Bananas are free.' }]);
});

test('stopping puts down what is in work, and the next process takes it up at once', async () => {
  h = await startHarness();
  const place = await newBase();
  h.inference.mode = 'hanging';
  await batch(place, 10);
  await until(async () => {
    const rows = await h.query(`select 1 from retrieval.index_documents where state = 'embedding'`);
    return rows.length === 10;
  });
  const next = await h.another();
  const stopped = h.service.stop();
  h.inference.mode = 'well';
  await stopped;
  await until(async () => {
    const found = await next.bases.getKnowledgeBase(ctx, place);
    return found.documents?.indexed === 10n;
  });
  expect(await chunksPerDocument()).toHaveLength(10);
});

test('an absence of Postgres in the middle is waited out, and nothing is written twice', async () => {
  const servers = await startOwnServers('retrieval', migrationsFolder);
  h = await startHarness({}, {}, servers);
  const place = await newBase();
  await batch(place, 500);
  await until(() => h.inference.embedded.length > 0);
  await servers.postgres.stop();
  await expect(countsOf(place)).rejects.toThrow();
  await servers.postgres.start();
  await until(async () => (await countsOf(place)).indexed === 500n, 60_000);
  const written = await chunksPerDocument();
  expect(written).toEqual(Array.from({ length: 500 }, () => ({ chunks: 1, vectors: 1 })));
}, 90_000);
