import type { Block, Box, ParsedDocument } from '../parsing/index.ts';
import { type Chunk, type ChunkerSettings, DEFAULT_CHUNKER_SETTINGS, type TokenEnds } from './chunk.ts';
import { mergeSmallRuns, type Run } from './merge-runs.ts';
import { packUnits } from './pack-units.ts';
import { groupIntoParents } from './parents.ts';
import { type Section, sectionsOf } from './sections.ts';
import { type CountTokens, indexTokens } from './token-index.ts';
import { type Unit, unitsOf } from './units.ts';

/**
 * Cuts a document along its structure into chunks of at most `maxTokens`, counted by the embedder's own tokenizer.
 * Together they cover every block; `text` is always `document.text.slice(start, end)`.
 */
export async function chunkDocument(
  document: ParsedDocument,
  settings: Partial<ChunkerSettings>,
  tokenEnds: TokenEnds,
): Promise<Chunk[]> {
  const all = checked({ ...DEFAULT_CHUNKER_SETTINGS, ...settings });
  const count = await indexTokens(document, tokenEnds);
  const sections = sectionsOf(document);
  let budget = all.maxTokens;
  for (;;) {
    const runs = runsOf(document, sections, { ...all, maxTokens: budget }, count);
    const chunks = await measured(document, runs, tokenEnds);
    const largest = chunks.reduce((most, { tokens }) => Math.max(most, tokens), 0);
    const excess = largest - all.maxTokens;
    if (excess <= 0 || budget === 1) return withParents(chunks, all.parentTokens);
    // Words cut in two and line ends between blocks cost tokens that the blocks' own counts do not show.
    budget = Math.max(1, Math.min(budget - excess, Math.floor(budget * 0.98)));
  }
}

function checked(settings: ChunkerSettings): ChunkerSettings {
  const maxTokens = Math.max(8, Math.floor(settings.maxTokens));
  return {
    maxTokens,
    overlapTokens: Math.min(Math.floor(maxTokens / 2), Math.max(0, Math.floor(settings.overlapTokens))),
    parentTokens: Math.max(maxTokens, Math.floor(settings.parentTokens)),
    minTokens: Math.min(maxTokens, Math.max(0, Math.floor(settings.minTokens))),
  };
}

function runsOf(document: ParsedDocument, sections: Section[], settings: ChunkerSettings, count: CountTokens): Run[] {
  const budget = settings.maxTokens;
  const runs = sections.flatMap(({ blocks, headingPath }) => {
    const units = blocks.flatMap((block) => unitsOf(block, { document, budget, count }));
    return packUnits(units, { budget, settings, count }).map((packed) => ({ units: packed, headingPath }));
  });
  return mergeSmallRuns(runs, settings, count);
}

type Unparented = Omit<Chunk, 'parentStart' | 'parentEnd'>;

async function measured(document: ParsedDocument, runs: Run[], tokenEnds: TokenEnds): Promise<Unparented[]> {
  const chunks = runs.map(({ units, headingPath }, ordinal) => chunkOf(document, units, headingPath, ordinal));
  const counted = await tokenEnds(chunks.map(({ prefix, text }) => prefix + text));
  for (const [index, chunk] of chunks.entries()) chunk.tokens = counted[index]!.length;
  return chunks;
}

function chunkOf({ text }: ParsedDocument, units: Unit[], headingPath: string[], ordinal: number): Unparented {
  const [first] = units;
  const start = first!.start;
  const end = units.at(-1)!.end;
  const blocks = [...new Set(units.map(({ block }) => block))];
  const pages = blocks.flatMap(({ page }) => page ?? []);
  const boxes = blocks.flatMap((block) => boxesWithin(block, start, end));
  const lastPage = boxes.at(-1)?.page ?? pages.at(-1);
  return {
    ordinal,
    headingPath,
    prefix: first!.header ? `${text.slice(first!.header.start, first!.header.end)}\n` : '',
    text: text.slice(start, end),
    start,
    end,
    ...(pages.length > 0 && { page: boxes[0]?.page ?? pages[0]!, pageEnd: lastPage! }),
    boxes,
    tokens: 0,
    kind: mainKind(units),
  };
}

/** The lines of the block that lie in the span. */
function boxesWithin(block: Block, start: number, end: number): Box[] {
  return (block.boxes ?? []).filter((box) => box.start < end && box.end > start);
}

function mainKind(units: Unit[]): Block['kind'] {
  const sizes = new Map<Block['kind'], number>();
  for (const { block, start, end } of units) sizes.set(block.kind, (sizes.get(block.kind) ?? 0) + end - start);
  return [...sizes].reduce((most, each) => (each[1] > most[1] ? each : most))[0];
}

function withParents(chunks: Unparented[], parentTokens: number): Chunk[] {
  return groupIntoParents(chunks, parentTokens).flatMap((group) => {
    const parentStart = Math.min(...group.map(({ start }) => start));
    const parentEnd = Math.max(...group.map(({ end }) => end));
    return group.map((chunk) => ({ ...chunk, parentStart, parentEnd }));
  });
}
