import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { findPii } from './find-pii.ts';

interface Sentence {
  text: string;
  spans: { type: string; start: number; end: number }[];
}

const fixture = new URL('../../../fixtures/pii/synthetic.jsonl', import.meta.url);
const sentences = readFileSync(fixture, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Sentence);

/** Of the spans, how many were found by their type; of what was found, how much is a span. */
function figures(type: string) {
  let [spans, found, right, hits] = [0, 0, 0, 0];
  for (const { text, spans: all } of sentences) {
    const wanted = all.filter((span) => span.type === type);
    const got = findPii(text).filter((each) => each.type === type);
    const overlaps = (span: Sentence['spans'][number], each: (typeof got)[number]) =>
      each.index < span.end && span.start < each.index + each.value.length;
    spans += wanted.length;
    found += got.length;
    hits += wanted.filter((span) => got.some((each) => overlaps(span, each))).length;
    right += got.filter((each) => wanted.some((span) => overlaps(span, each))).length;
  }
  return { recall: hits / spans, precision: right / found };
}

it.each([
  ['email', 1, 1],
  ['iban', 1, 1],
  ['us_ssn', 1, 1],
  ['ip_address', 1, 1],
  ['credit_card', 0.99, 1],
  ['phone', 0.97, 0.97],
])('%s in synthetic sentences is found with recall ≥ %d and precision ≥ %d', (type, recall, precision) => {
  const { recall: found, precision: right } = figures(type);
  expect(found).toBeGreaterThanOrEqual(recall);
  expect(right).toBeGreaterThanOrEqual(precision);
});
