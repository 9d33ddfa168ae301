import { create } from '@bufbuild/protobuf';
import { SearchSettingsSchema } from '@llmops/contracts/retrieval/v1/knowledge_base';
import type { RequestContext } from '@llmops/platform/context';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { languages, type RandomFilter, randomFilter, randomMetadata } from '../../../test/random-filter.ts';
import { model, SearchFixture, type WrittenDocument } from '../../../test/search-fixture.ts';
import { packPassages } from '../../context/index.ts';
import type { SearchOutcome } from './search-input.ts';

let fixture: SearchFixture;
beforeAll(async () => {
  fixture = await SearchFixture.start();
});
afterAll(() => fixture?.database.close());

interface Known extends WrittenDocument {
  uri: string;
  language: string;
  metadata: Record<string, unknown>;
  acl: string[];
}
interface Base {
  ctx: RequestContext;
  id: string;
  indexVersion: string;
  documents: Known[];
}
type Random = () => number;

const principals = ['user:ada', 'user:bo', 'group:hr', 'group:it'];
/** That were taken. */
const plans = new Set<string>();
const words = ['stream', 'consumer', 'leader', 'penguin', 'salary', 'cluster', 'message', 'amber'];

// Small lists are searched exactly, long ones by the graph with the scope asked on the way: both, on the same data.
test.each([
  { plan: 'lists', mostListed: 20_000, seed: 11, expected: ['exact'] },
  { plan: 'graph', mostListed: 2, seed: 12, expected: ['exact', 'hnsw'] },
])(
  'random tenants, ACLs, filters and deletions: nothing foreign or forbidden comes out ($plan)',
  async ({ mostListed, seed, expected }) => {
    plans.clear();
    const random = seeded(seed);
    fixture.scopes.mostListed = mostListed;
    const bases: Base[] = [];
    for (const ctx of [fixture.tenant(), fixture.tenant()]) {
      for (let i = 0; i < 2; i += 1) bases.push({ ctx, ...(await fixture.knowledgeBase(ctx)), documents: [] });
    }
    for (let round = 0; round < 4; round += 1) {
      for (const base of bases) await change(base, random, round);
      if (round === 1) for (const base of bases) await fixture.buildGraph(base.ctx, base);
      for (const base of bases) for (let i = 0; i < 8; i += 1) await searchAndCompare(base, random);
    }
    expect([...plans].sort()).toEqual(expected);
    for (const base of bases) {
      const foreign = bases.find(({ ctx }) => ctx !== base.ctx)!;
      await expect(fixture.run(base.ctx, foreign.id, { query: 'stream' })).rejects.toThrow('no target: undefined');
      const other = bases.find(({ id, ctx }) => id !== base.id && ctx === base.ctx)!;
      const run = fixture.run(base.ctx, base.id, { query: 'stream', indexVersionId: other.indexVersion });
      await expect(run).rejects.toThrow('no target: index_missing');
    }
  },
);

async function searchAndCompare(base: Base, random: Random): Promise<void> {
  const who = principals.filter(() => random() < 0.3);
  const filter: RandomFilter | undefined = random() < 0.7 ? randomFilter(random) : undefined;
  const allowed = base.documents.filter(
    (document) =>
      (document.acl.length === 0 || document.acl.some((one) => who.includes(one))) &&
      (filter?.matches(document) ?? true),
  );
  const matching = allowed.reduce((sum, { chunks }) => sum + chunks.length, 0);
  const k = 1 + Math.floor(random() * 12);
  const candidates = random() < 0.5 ? 100 : 3;
  const onePerDocument = random() < 0.2;
  const outcome = await fixture.run(base.ctx, base.id, {
    query: [0, 1].map(() => words[Math.floor(random() * words.length)]).join(' '),
    k,
    filter: filter?.filter,
    principals: who,
    settings: create(SearchSettingsSchema, { candidates }),
    expand: (['none', 'neighbours', 'parent'] as const)[Math.floor(random() * 3)]!,
    neighbours: 2,
    includeArms: true,
    onePerDocument,
    mmrLambda: random() < 0.3 ? 0.5 : undefined,
  });
  const byId = new Map(allowed.map((document) => [document.id, document]));
  expect(outcome.matchingChunks).toBe(matching);
  for (const { documentId, id } of outcome.arms.flatMap(({ found }) => found)) {
    expect(byId.get(documentId)?.chunks.map((chunk) => chunk.id)).toContain(id);
  }
  const dense = outcome.arms.find(({ name }) => name === model.name)!;
  const least = Math.min(Math.max(k, candidates), matching);
  // One result a document asks for as many as it takes to find k documents.
  expect(dense.found.length).toBeGreaterThanOrEqual(least);
  if (!onePerDocument) expect(dense.found).toHaveLength(least);
  expect(outcome.hits).toHaveLength(Math.min(k, onePerDocument ? allowed.length : matching));
  plans.add(dense.plan);
  expectOnly(outcome, byId);
  const { passages } = packPassages(
    outcome.hits.map((hit) => ({
      documentId: hit.chunk.documentId,
      title: hit.chunk.title,
      headingPath: [],
      prefix: '',
      text: hit.text,
      start: hit.start,
      end: hit.end,
    })),
    400,
    { count: (text) => text.length / 4, cut: (text, tokens) => text.slice(0, tokens * 4) },
  );
  for (const { best, text } of passages) expectText(byId.get(best.documentId)!, text);
}

function expectOnly({ hits }: SearchOutcome, byId: ReadonlyMap<string, Known>): void {
  for (const { chunk, text, start, end } of hits) {
    const document = byId.get(chunk.documentId)!;
    expect(document).toBeDefined();
    expect(chunk.metadata).toEqual(document.metadata);
    expectText(document, text);
    expect(wholeOf(document).slice(start, end)).toBe(text);
  }
}

/** Every chunk of the tests names its document. */
function expectText(document: Known, text: string): void {
  const named = new Set(text.match(/doc\d+/g));
  expect([...named]).toEqual([/doc\d+/.exec(document.chunks[0]!.text)![0]]);
}

const wholeOf = ({ chunks }: Known): string => chunks.map(({ text }) => text).join('\n');

let serial = 0;

/** Some documents come, some go, some change who may find them and what they say of themselves. */
async function change(base: Base, random: Random, round: number): Promise<void> {
  const inits = Array.from({ length: round === 0 ? 14 : 5 }, () => {
    serial += 1;
    const name = `doc${serial}`;
    const text = () => `${name} ${words.filter(() => random() < 0.4).join(' ')} amber ${name}`;
    return {
      texts: Array.from({ length: 1 + Math.floor(random() * 4) }, text),
      metadata: randomMetadata(random),
      acl: random() < 0.5 ? principals.filter(() => random() < 0.3) : [],
      uri: `uri-${serial}`,
      language: languages[Math.floor(random() * languages.length)]!,
    };
  });
  const written = await fixture.write(base.ctx, base, inits);
  base.documents.push(...written.map((document, i) => ({ ...document, ...inits[i]! })));
  for (const document of base.documents.filter(() => random() < 0.15)) {
    await fixture.delete(base.ctx, base, document.id);
    base.documents.splice(base.documents.indexOf(document), 1);
  }
  for (const document of base.documents.filter(() => random() < 0.15)) {
    document.metadata = randomMetadata(random);
    document.acl = random() < 0.5 ? [principals[Math.floor(random() * principals.length)]!] : [];
    await fixture.relabel(base.ctx, base, document);
  }
}

function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
