import { describe, expect, test } from 'vitest';
import { assembleDocument, type RawBlock } from '../parsing/assemble-document.ts';
import type { ParsedDocument } from '../parsing/index.ts';
import type { Chunk } from './chunk.ts';
import { chunkDocument } from './chunk-document.ts';

const documentOf = (...blocks: RawBlock[]): ParsedDocument =>
  assembleDocument({ metadata: {}, blocks, pages: [], warnings: [] }, 'text/plain');
const heading = (level: number, text: string): RawBlock => ({ kind: 'heading', level, text });
const paragraph = (text: string): RawBlock => ({ kind: 'paragraph', text });

/** Pieces of up to four letters, and every other character but blanks: as word pieces are. */
const pieces = (texts: string[]): Uint32Array[] => texts.map((text) => ends(text, /[\p{L}\p{N}]{1,4}|[^\s]/gu));
/** Blanks and line ends count too, and what stands before a word belongs to it: as in byte pairs. */
const bytePairs = (texts: string[]): Uint32Array[] =>
  texts.map((text) => ends(text, / ?[a-z]{1,3}|\n|\s| ?[^\sa-z]/gu));

function ends(text: string, token: RegExp): Uint32Array {
  return Uint32Array.from([...text.matchAll(token)].map((match) => match.index + match[0].length));
}

const size = (text: string): number => pieces([text])[0]!.length;
const sentences = (count: number, word = 'word'): string =>
  Array.from({ length: count }, (_, at) => `This is ${word} sentence number ${at}.`).join(' ');

describe('chunkDocument', () => {
  test('a chunk names the headings above it and starts with its own', async () => {
    const document = documentOf(
      heading(1, 'Guide'),
      paragraph(sentences(20, 'guide')),
      heading(2, 'Setup'),
      paragraph(sentences(20, 'setup')),
      heading(3, 'Linux'),
      paragraph(sentences(20, 'linux')),
      heading(2, 'Use'),
      paragraph(sentences(20, 'use')),
    );
    const chunks = await chunkDocument(document, { maxTokens: 400 }, pieces);
    expect(chunks.map(({ headingPath }) => headingPath)).toEqual([
      ['Guide'],
      ['Guide', 'Setup'],
      ['Guide', 'Setup', 'Linux'],
      ['Guide', 'Use'],
    ]);
    expect(chunks[2]!.text).toMatch(/^Linux\n\nThis is linux sentence number 0\./);
  });

  test('small sections of one heading are joined, those of two headings are not', async () => {
    const document = documentOf(
      heading(1, 'A'),
      heading(2, 'A1'),
      paragraph('One.'),
      heading(2, 'A2'),
      paragraph('Two.'),
      heading(1, 'B'),
      paragraph('Three.'),
    );
    const chunks = await chunkDocument(document, {}, pieces);
    expect(chunks.map(({ text, headingPath }) => [text, headingPath])).toEqual([
      ['A\n\nA1\n\nOne.\n\nA2\n\nTwo.', ['A']],
      ['B\n\nThree.', ['B']],
    ]);
  });

  test('prose is cut between sentences, and the next chunk repeats the last ones', async () => {
    const document = documentOf(paragraph(sentences(60)));
    const chunks = await chunkDocument(document, { maxTokens: 100, overlapTokens: 25 }, pieces);
    expect(chunks.length).toBeGreaterThan(3);
    for (const chunk of chunks) expect(chunk.text).toMatch(/^This is .*\.$/s);
    for (const [at, chunk] of chunks.slice(1).entries()) {
      const shared = document.text.slice(chunk.start, chunks[at]!.end);
      expect(shared).toMatch(/^This is .*\.$/);
      expect(size(shared)).toBeLessThanOrEqual(25);
    }
  });

  test('Chinese, Japanese and Thai are cut where their sentences and words end', async () => {
    const chinese = '今天天气很好，我们去公园散步。'.repeat(30);
    const japanese = '今日は天気がいいので、公園へ散歩に行きました。'.repeat(30);
    for (const text of [chinese, japanese]) {
      const chunks = await chunkDocument(documentOf(paragraph(text)), { maxTokens: 60 }, pieces);
      expect(chunks.length).toBeGreaterThan(2);
      for (const chunk of chunks) expect(chunk.text).toMatch(/^(今天|今日).*。$/u);
    }
    const words = [...new Intl.Segmenter('th', { granularity: 'word' }).segment('ภาษาไทยเขียนติดกันโดยไม่มีช่องว่าง')];
    const thai = words.map(({ segment }) => segment);
    const chunks = await chunkDocument(documentOf(paragraph(thai.join('').repeat(20))), { maxTokens: 60 }, pieces);
    for (const chunk of chunks) expect(thai.some((word) => chunk.text.startsWith(word))).toBe(true);
  });

  test('a table that fits is one piece, also when it must start a chunk of its own', async () => {
    const table = ['| a | b |', '| --- | --- |', ...Array.from({ length: 10 }, (_, at) => `| x${at} | y${at} |`)].join(
      '\n',
    );
    const document = documentOf(paragraph(sentences(9)), { kind: 'table', text: table }, paragraph(sentences(9)));
    const chunks = await chunkDocument(document, { maxTokens: 110 }, pieces);
    expect(chunks.filter(({ text }) => text.includes('| x')).map(({ text }) => text.includes(table))).toEqual([true]);
  });

  test('a longer table is cut between rows and each piece has the header', async () => {
    const rows = Array.from({ length: 60 }, (_, at) => `| name ${at} | ${at * 7} |`);
    const table = ['| Name | Amount |', '| --- | --- |', ...rows].join('\n');
    const document = documentOf(heading(1, 'Costs'), { kind: 'table', text: table }, paragraph('The end.'));
    const chunks = await chunkDocument(document, { maxTokens: 120, minTokens: 0 }, pieces);
    const parts = chunks.filter(({ kind }) => kind === 'table');
    expect(parts.length).toBeGreaterThan(3);
    expect(parts[0]!.text).toMatch(/^Costs\n\n\| Name \| Amount \|\n\| --- \| --- \|\n\| name 0 /);
    for (const part of parts.slice(1)) expect(part.prefix).toBe('| Name | Amount |\n| --- | --- |\n');
    for (const part of parts) expect(part.text).toMatch(/\|$/);
    expect(parts.flatMap(({ text }) => text.match(/\| name .*\|/g) ?? [])).toEqual(rows);
    expect(chunks.at(-1)!.text).toBe('The end.');
  });

  test('code is cut between lines and keeps its indentation', async () => {
    const lines = Array.from({ length: 80 }, (_, at) => `${'  '.repeat(at % 4)}call(${at});`);
    const chunks = await chunkDocument(documentOf({ kind: 'code', text: lines.join('\n') }), { maxTokens: 60 }, pieces);
    expect(chunks.length).toBeGreaterThan(3);
    expect(chunks.flatMap(({ text }) => text.split('\n'))).toEqual(lines);
  });

  test('a heading never ends a chunk', async () => {
    const blocks = Array.from({ length: 30 }, (_, at) => [
      heading(2, `Part ${at}`),
      paragraph(sentences(1 + (at % 9))),
    ]);
    const document = documentOf(heading(1, 'All'), ...blocks.flat());
    const chunks = await chunkDocument(document, { maxTokens: 80 }, pieces);
    for (const { text } of chunks) expect(text).not.toMatch(/Part \d+$/);
  });

  test('a parent is the section that fits, and holds its chunks', async () => {
    const part = (name: string) => [heading(2, name), paragraph(sentences(40, name))];
    const document = documentOf(heading(1, 'Book'), ...part('one'), ...part('two'), ...part('three'));
    const chunks = await chunkDocument(document, { maxTokens: 100, parentTokens: 700 }, pieces);
    const parents = new Set(chunks.map(({ parentStart, parentEnd }) => document.text.slice(parentStart, parentEnd)));
    expect(parents.size).toBe(3);
    expect([...parents].map((text) => /^(Book\n\n)?(\w+)/.exec(text)![2])).toEqual(['one', 'two', 'three']);
  });

  test('pages and lines of a PDF follow the part of the paragraph that is in the chunk', async () => {
    const line = (at: number) => ({
      text: `This is printed line number ${at}. `,
      page: at < 5 ? 1 : 2,
      box: [0.1, at / 10, 0.9, at / 10 + 0.05] as [number, number, number, number],
    });
    const lines = Array.from({ length: 10 }, (_, at) => line(at));
    const document = documentOf({ kind: 'paragraph', text: '', page: 1, lines });
    const chunks = await chunkDocument(document, { maxTokens: 30, overlapTokens: 0 }, pieces);
    expect(chunks[0]!.boxes.map(({ start, end }) => document.text.slice(start, end))).toEqual(
      [0, 1, 2].slice(0, chunks[0]!.boxes.length).map((at) => line(at).text.trim()),
    );
    expect([chunks[0]!.page, chunks.at(-1)!.page, chunks.at(-1)!.pageEnd]).toEqual([1, 2, 2]);
    expect(chunks.flatMap(({ boxes }) => boxes)).toHaveLength(10);
  });

  test('an empty document has no chunks', async () => {
    expect(await chunkDocument(documentOf(), {}, pieces)).toEqual([]);
  });
});

describe('whatever the document', () => {
  const seeds = Array.from({ length: 60 }, (_, at) => at + 1);
  const tokenizers = { pieces, bytePairs };

  test.each(seeds)('limits, offsets and coverage hold for the random document %i', async (seed) => {
    const random = generator(seed);
    const document = randomDocument(random);
    const maxTokens = 12 + Math.floor(random() * 200);
    const settings = { maxTokens, overlapTokens: Math.floor(random() * 40), parentTokens: maxTokens * 4 };
    for (const tokenEnds of Object.values(tokenizers)) {
      const chunks = await chunkDocument(document, settings, tokenEnds);
      expect(chunks.map(({ ordinal }) => ordinal)).toEqual(chunks.map((_, at) => at));
      for (const chunk of chunks) checkChunk(chunk, document, maxTokens, tokenEnds);
      expect(uncovered(document, chunks)).toBe('');
    }
  });
});

function checkChunk(chunk: Chunk, document: ParsedDocument, maxTokens: number, tokenEnds: typeof pieces): void {
  expect(document.text.slice(chunk.start, chunk.end)).toBe(chunk.text);
  expect(chunk.text).not.toBe('');
  expect(chunk.tokens).toBe(tokenEnds([chunk.prefix + chunk.text])[0]!.length);
  expect(chunk.tokens).toBeLessThanOrEqual(maxTokens);
  expect(chunk.parentStart).toBeLessThanOrEqual(chunk.start);
  expect(chunk.parentEnd).toBeGreaterThanOrEqual(chunk.end);
  expect(chunk.text).not.toMatch(/\p{Surrogate}/u);
}

/** What no chunk holds, white space aside. */
function uncovered({ text }: ParsedDocument, chunks: Chunk[]): string {
  let rest = '';
  let at = 0;
  for (const { start, end } of chunks) {
    if (start > at) rest += text.slice(at, start);
    at = Math.max(at, end);
  }
  return (rest + text.slice(at)).trim();
}

function generator(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 1 | state) + 0x6d2b79f5) >>> 0;
    return ((state ^ (state >>> 14)) >>> 0) / 2 ** 32;
  };
}

const vocabulary = [
  ...'the of Retrieval a chunk is, stored; e.g. Dr. yes. no? wow! 3.14 https://example.org/a/very/long/path'.split(' '),
  ...['数据。', 'データベース', 'ภาษาไทย', '👩‍👩‍👧‍👦', '𝒳', 'naïve', 'x'.repeat(90), '|', 'Привет.'],
];

function randomDocument(random: () => number): ParsedDocument {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  const prose = (most: number) =>
    Array.from({ length: 1 + Math.floor(random() * most) }, () => pick(vocabulary)).join(
      pick([' ', ' ', ' ', '\n', '']),
    );
  const row = (cells: number) =>
    `| ${Array.from({ length: cells }, () => prose(3).replace(/[|\n]/g, '')).join(' | ')} |`;
  const block = (): RawBlock => {
    const kind = pick(['heading', 'paragraph', 'paragraph', 'list_item', 'table', 'code', 'quote', 'caption'] as const);
    if (kind === 'heading') return { kind, level: 1 + Math.floor(random() * 4), text: prose(4) };
    if (kind === 'table') {
      const cells = 1 + Math.floor(random() * 5);
      const rows = Array.from({ length: Math.floor(random() * 30) }, () => row(cells));
      return { kind, text: [row(cells), `|${' --- |'.repeat(cells)}`, ...rows].join('\n') };
    }
    if (kind === 'code') {
      const lines = Array.from(
        { length: 1 + Math.floor(random() * 30) },
        () => `${'  '.repeat(random() * 4)}${prose(5)}`,
      );
      return { kind, text: lines.join('\n') };
    }
    return { kind, level: 1 + Math.floor(random() * 3), text: prose(pick([3, 20, 200])) };
  };
  return documentOf(...Array.from({ length: Math.floor(random() * 25) }, block));
}
