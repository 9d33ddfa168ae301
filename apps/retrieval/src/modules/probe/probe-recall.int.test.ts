import { afterAll, beforeAll, expect, test } from 'vitest';
import { model, SearchFixture } from '../../../test/search-fixture.ts';
import { FindTarget } from '../search/index.ts';
import { ProbeRepository } from './probe.repository.ts';
import { ProbeRecall } from './probe-recall.ts';

let fixture: SearchFixture;
beforeAll(async () => {
  fixture = await SearchFixture.start();
});
afterAll(() => fixture?.database.close());

test('a probe compares the graph with the exact search, is kept, and sets and clears the alarm of what is live', async () => {
  const ctx = fixture.tenant();
  const kb = await fixture.knowledgeBase(ctx);
  const texts = Array.from({ length: 150 }, (_, i) => [`w${i}`, `w${(i * 7) % 150}`, `w${(i * 31) % 150}`].join(' '));
  await fixture.write(
    ctx,
    kb,
    texts.map((text) => ({ texts: [text] })),
  );
  const repository = new ProbeRepository();
  const probe = new ProbeRecall(fixture.database, new FindTarget(fixture.targets), repository);
  const input = { knowledgeBaseId: kb.id, indexVersionId: 'live', queries: 20, k: 5 };

  const exact = await probe.run(ctx, input);
  expect(exact.measures.map(({ plan, recall }) => [plan, recall])).toEqual(exact.measures.map(() => ['exact', 1]));
  expect(await due()).not.toContain(kb.id);

  await fixture.buildGraph(ctx, kb);
  expect(await due()).toContain(kb.id);
  await fixture.database.tx(ctx, (tx) =>
    repository.save(tx, { knowledgeBaseId: kb.id, indexVersionId: kb.indexVersion }, {}, 'recall is low'),
  );
  expect(await alarm()).toBe('recall is low');

  const graph = await probe.run(ctx, input);
  expect(graph.measures[0]).toMatchObject({ embeddingModel: model.name, filter: 'none', selectivity: 1, plan: 'hnsw' });
  expect(graph.measures.every(({ recall }) => recall >= 0.95)).toBe(true);
  expect(graph.measures[1]!.selectivity).toBeCloseTo(0.5, 1);
  expect(graph).toMatchObject({ queries: 20, k: 5, alarm: false, threshold: 0.95 });
  expect(await alarm()).toBe('');
  expect(await due()).not.toContain(kb.id);

  async function due() {
    const rows = await fixture.database.tx(ctx, (tx) => repository.due(tx, 24));
    return rows.map(({ knowledgeBaseId }) => knowledgeBaseId);
  }
  async function alarm() {
    const { rows } = await fixture.database.tx(ctx, ({ client }) =>
      client.query<{ alarm: string }>('select alarm from retrieval.knowledge_bases where id = $1', [kb.id]),
    );
    return rows[0]!.alarm;
  }
});

test('recall is at least 0.95 at 100, 50, 5, 0.5 and 0.05 %, and what matches comes back whole', async () => {
  const ctx = fixture.tenant();
  const kb = await fixture.knowledgeBase(ctx);
  // Clusters, as texts make them: what a graph finds hardest behind a filter.
  const noise = (i: number, j: number) => Math.sin((i + 1) * 12.9898 + j * 78.233) * 43_758.5453;
  const part = (i: number, j: number) => noise(i, j) - Math.floor(noise(i, j)) - 0.5;
  const vectors = Array.from({ length: 4_500 }, (_, i) =>
    Array.from({ length: model.dimensions }, (_, j) => part(-1 - (i % 40), j) + 0.9 * part(i, j)),
  );
  await fixture.writeVectors(ctx, kb, vectors);
  await fixture.buildGraph(ctx, kb);
  const probe = new ProbeRecall(fixture.database, new FindTarget(fixture.targets), new ProbeRepository());
  const input = { knowledgeBaseId: kb.id, indexVersionId: 'live', queries: 40, k: 10 };
  const { measures, alarm } = await probe.run(ctx, input);
  expect(measures.map(({ plan }) => plan)).toEqual(['hnsw', 'hnsw', 'exact', 'exact', 'exact']);
  for (const { selectivity, recall, returned } of measures) {
    expect(recall).toBeGreaterThanOrEqual(0.95);
    // Whoever asks does not find itself.
    expect(returned).toBeGreaterThanOrEqual(Math.min(10, Math.round(selectivity * 4_500) - 1));
  }
  expect(alarm).toBe(false);
});

test('another project cannot probe it', async () => {
  const kb = await fixture.knowledgeBase(fixture.tenant());
  const probe = new ProbeRecall(fixture.database, new FindTarget(fixture.targets), new ProbeRepository());
  const run = probe.run(fixture.tenant(), { knowledgeBaseId: kb.id, indexVersionId: 'live', queries: 1, k: 1 });
  await expect(run).rejects.toMatchObject({ code: 'retrieval.knowledge_base_not_found' });
});
