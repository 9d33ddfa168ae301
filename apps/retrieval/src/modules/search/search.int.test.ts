import { create } from '@bufbuild/protobuf';
import { FilterSchema } from '@llmops/contracts/retrieval/v1/search';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SearchFixture, searchInput } from '../../../test/search-fixture.ts';

let fixture: SearchFixture;
beforeAll(async () => {
  fixture = await SearchFixture.start();
});
afterAll(() => fixture?.database.close());

const team = (value: string) =>
  create(FilterSchema, {
    kind: { case: 'condition', value: { key: 'team', value: { kind: { case: 'stringValue', value } } } },
  });

const sentences = [
  'The broker keeps messages in a stream until they are acknowledged.',
  'A consumer reads messages of a stream in order.',
  'Penguins live in the southern hemisphere.',
  'Clusters elect a leader by the raft algorithm.',
];

test('both arms take part, and a result says where each put it', async () => {
  const ctx = fixture.tenant();
  const kb = await fixture.knowledgeBase(ctx);
  const [document] = await fixture.write(ctx, kb, [{ texts: sentences }]);
  const { hits, arms, matchingChunks, target } = await fixture.run(ctx, kb.id, {
    query: 'penguins hemisphere',
    explain: true,
  });
  expect(hits[0]!.chunk.id).toBe(document!.chunks[2]!.id);
  expect(hits[0]!.armScores.map(({ arm, rank }) => [arm, rank])).toEqual([
    ['lexical', 1],
    ['words', 1],
  ]);
  expect(hits[0]!.matchedTerms.length).toBe(2);
  expect(arms.map(({ name, used, plan }) => [name, used, plan])).toEqual([
    ['lexical', true, 'bm25'],
    ['words', true, 'exact'],
  ]);
  expect(matchingChunks).toBe(4);
  expect(target.revision).toBe(1);
});

test('an arm whose embedder does not answer is listed with the reason, and the rest answers', async () => {
  const ctx = fixture.tenant();
  const kb = await fixture.knowledgeBase(ctx);
  await fixture.write(ctx, kb, [{ texts: sentences }]);
  const target = await fixture.database.tx(ctx, (tx) => fixture.targets.find(tx, ctx.projectId, kb.id, ''));
  if (!target || target === 'index_missing') throw new Error('no target');
  const down = new Map([['words', { problem: 'words did not answer' }]]);
  const input = { ...searchInput(kb.id), query: 'raft' };
  const { hits, arms } = await fixture.search.searchBy(ctx, target, input, down);
  expect(hits[0]!.chunk.text).toContain('raft');
  expect(arms[1]).toMatchObject({ name: 'words', used: false, note: 'words did not answer' });
  await expect(fixture.search.searchBy(ctx, target, { ...input, arms: ['dense'] }, down)).rejects.toMatchObject({
    code: 'retrieval.search_unavailable',
  });
});

test('a deleted document is out of results, counts and arms at once', async () => {
  const ctx = fixture.tenant();
  const kb = await fixture.knowledgeBase(ctx);
  const [gone, kept] = await fixture.write(ctx, kb, [{ texts: sentences }, { texts: sentences }]);
  await fixture.run(ctx, kb.id, { query: 'messages of a stream' });
  await fixture.delete(ctx, kb, gone!.id);
  const { hits, arms, matchingChunks } = await fixture.run(ctx, kb.id, { query: 'messages of a stream' });
  expect(new Set(hits.map(({ chunk }) => chunk.documentId))).toEqual(new Set([kept!.id]));
  expect(arms.flatMap(({ found }) => found.filter(({ documentId }) => documentId === gone!.id))).toEqual([]);
  expect(matchingChunks).toBe(4);
});

test('a filter leaves only what matches, in every arm, and k of them when k match', async () => {
  const ctx = fixture.tenant();
  const kb = await fixture.knowledgeBase(ctx);
  const documents = Array.from({ length: 40 }, (_, i) => ({
    texts: [`stream number ${i}`],
    metadata: { team: i % 4 === 0 ? 'a' : 'b' },
  }));
  await fixture.write(ctx, kb, documents);
  const { hits, matchingChunks } = await fixture.run(ctx, kb.id, { query: 'stream 17', filter: team('a'), k: 10 });
  expect(hits).toHaveLength(10);
  expect(hits.every(({ chunk }) => chunk.metadata['team'] === 'a')).toBe(true);
  expect(matchingChunks).toBe(10);
});

test('documents with an ACL are found only by one of theirs', async () => {
  const ctx = fixture.tenant();
  const kb = await fixture.knowledgeBase(ctx);
  await fixture.write(ctx, kb, [
    { texts: ['salaries of the board'], acl: ['group:hr', 'user:ada'] },
    { texts: ['salaries in general'] },
  ]);
  const found = async (principals: string[]) =>
    (await fixture.run(ctx, kb.id, { query: 'salaries', principals })).hits.map(({ chunk }) => chunk.text).sort();
  expect(await found([])).toEqual(['salaries in general']);
  expect(await found(['group:it'])).toEqual(['salaries in general']);
  expect(await found(['user:ada'])).toEqual(['salaries in general', 'salaries of the board']);
});

test('neighbours and parents widen the text, with its place in the document', async () => {
  const ctx = fixture.tenant();
  const kb = await fixture.knowledgeBase(ctx);
  await fixture.write(ctx, kb, [{ texts: sentences }]);
  const whole = sentences.join('\n');
  const [near] = (await fixture.run(ctx, kb.id, { query: 'consumer order', k: 1, expand: 'neighbours', neighbours: 1 }))
    .hits;
  expect(near!.text).toBe(sentences.slice(0, 3).join('\n'));
  expect(whole.slice(near!.start, near!.end)).toBe(near!.text);
  const [parent] = (await fixture.run(ctx, kb.id, { query: 'consumer order', k: 1, expand: 'parent' })).hits;
  expect(parent!.text).toBe(whole);
});

test('many results are widened as far as a message holds, the best first', async () => {
  const ctx = fixture.tenant();
  const kb = await fixture.knowledgeBase(ctx);
  await fixture.write(ctx, kb, [{ texts: Array.from({ length: 150 }, (_, i) => `stream ${i} ${'x'.repeat(4_000)}`) }]);
  const { hits } = await fixture.run(ctx, kb.id, { query: 'stream', k: 150, expand: 'neighbours', neighbours: 10 });
  expect(hits).toHaveLength(150);
  expect(hits[0]!.text.length).toBeGreaterThan(40_000);
  expect(hits.at(-1)!.text).toBe(hits.at(-1)!.chunk.text);
});

test('one result a document, and diverse ones when asked', async () => {
  const ctx = fixture.tenant();
  const kb = await fixture.knowledgeBase(ctx);
  await fixture.write(ctx, kb, [
    { texts: ['stream messages one', 'stream messages one', 'stream messages one'] },
    { texts: ['stream of penguins'] },
  ]);
  const single = await fixture.run(ctx, kb.id, { query: 'stream messages', onePerDocument: true });
  expect(single.hits).toHaveLength(2);
  const diverse = await fixture.run(ctx, kb.id, { query: 'stream messages', mmrLambda: 0.3, k: 2 });
  expect(diverse.hits.map(({ chunk }) => chunk.text)).toEqual(['stream messages one', 'stream of penguins']);
});

test('a document of many chunks does not crowd the others out of one result a document', async () => {
  const ctx = fixture.tenant();
  const kb = await fixture.knowledgeBase(ctx);
  const long = { texts: Array.from({ length: 150 }, () => 'stream messages') };
  await fixture.write(ctx, kb, [
    long,
    ...Array.from({ length: 8 }, (_, i) => ({ texts: [`stream of penguins ${i}`] })),
  ]);
  const { hits } = await fixture.run(ctx, kb.id, { query: 'stream messages', onePerDocument: true, k: 9 });
  expect(new Set(hits.map(({ chunk }) => chunk.documentId)).size).toBe(9);
  const few = await fixture.run(ctx, kb.id, { query: 'stream messages', onePerDocument: true, k: 20 });
  expect(few.hits).toHaveLength(9);
});

test('diverse results are k when k match', async () => {
  const ctx = fixture.tenant();
  const kb = await fixture.knowledgeBase(ctx);
  await fixture.write(ctx, kb, [{ texts: Array.from({ length: 450 }, (_, i) => `stream ${i}`) }]);
  const { hits } = await fixture.run(ctx, kb.id, { query: 'stream', mmrLambda: 0.5, k: 450 });
  expect(new Set(hits.map(({ chunk }) => chunk.id)).size).toBe(450);
});

test('an unknown arm, knowledge base or index version is an error that names it', async () => {
  const ctx = fixture.tenant();
  const kb = await fixture.knowledgeBase(ctx);
  await expect(fixture.run(ctx, kb.id, { query: 'x', arms: ['graph'] })).rejects.toMatchObject({
    code: 'retrieval.arm_unknown',
  });
  const input = searchInput(kb.id);
  const run = (part: object) => fixture.search.run(ctx, { ...input, query: 'x', ...part });
  await expect(run({ knowledgeBaseId: 'kb_none' })).rejects.toMatchObject({
    code: 'retrieval.knowledge_base_not_found',
  });
  await expect(run({ indexVersionId: 'ix_none' })).rejects.toMatchObject({ code: 'retrieval.index_version_not_found' });
});

test('segments that come and go are followed, and chunks that are gone are passed over', async () => {
  const ctx = fixture.tenant();
  const kb = await fixture.knowledgeBase(ctx);
  const [first] = await fixture.write(ctx, kb, [{ texts: ['amber stone'] }]);
  expect((await fixture.run(ctx, kb.id, { query: 'amber', arms: ['lexical'] })).hits).toHaveLength(1);
  await fixture.write(ctx, kb, [{ texts: ['amber colour'] }]);
  expect((await fixture.run(ctx, kb.id, { query: 'amber', arms: ['lexical'] })).hits).toHaveLength(2);
  await fixture.database.tx(ctx, ({ client }) =>
    client.query('delete from retrieval.chunks where index_version_id = $1 and document_id = $2', [
      kb.indexVersion,
      first!.id,
    ]),
  );
  expect((await fixture.run(ctx, kb.id, { query: 'amber', arms: ['lexical'] })).hits).toHaveLength(1);
  await fixture.database.tx(ctx, ({ client }) =>
    client.query('delete from retrieval.lexical_segments where index_version_id = $1', [kb.indexVersion]),
  );
  expect((await fixture.run(ctx, kb.id, { query: 'amber', arms: ['lexical'] })).hits).toHaveLength(0);
});

test('an index that grows counts for what it has become, so that the cache keeps to its bound', async () => {
  const ctx = fixture.tenant();
  const kb = await fixture.knowledgeBase(ctx);
  const grow = async (words: number) => {
    const texts = [Array.from({ length: words }, (_, i) => `word${i}`).join(' ')];
    await fixture.write(ctx, kb, [{ texts }]);
    await fixture.run(ctx, kb.id, { query: 'word1' });
    return fixture.segments.sizeBytes;
  };
  const small = await grow(1);
  expect(await grow(5_000)).toBeGreaterThan(small + 5_000);
});
