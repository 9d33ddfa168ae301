import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { RERANKER_VERSION, type RerankCandidate, type RerankTerm, rerank } from './index.ts';

interface Recorded {
  query: string;
  terms: RerankTerm[];
  candidates: RerankCandidate[];
  expected: { ordinal: number; score: number; window: number; pairs: number }[];
}

const file = new URL('../../fixtures/rerank/nats-questions.json', import.meta.url);
const recorded: Recorded[] = JSON.parse(readFileSync(file, 'utf8'));

// Another result here is another reranker: record it again and change RERANKER_VERSION.
it.each(recorded)(`${RERANKER_VERSION} ranks "$query" as recorded`, ({ terms, candidates, expected }) => {
  const ranked = rerank({ terms }, candidates);
  expect(ranked.map(({ ordinal }) => ordinal)).toEqual(expected.map(({ ordinal }) => ordinal));
  for (const [at, { score, features }] of ranked.entries()) {
    expect(score).toBeCloseTo(expected[at]!.score, 5);
    expect(features.window).toBeCloseTo(expected[at]!.window, 5);
    expect(features.pairs).toBeCloseTo(expected[at]!.pairs, 5);
  }
  expect(rerank({ terms }, candidates)).toEqual(ranked);
});
