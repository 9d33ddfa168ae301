import type { BlockKind, Box } from '../parsing/index.ts';

export interface ChunkerSettings {
  /** Most tokens a chunk's own text has (its repeated table header included). */
  maxTokens: number;
  /** Neighbours cut out of one run of prose share up to this many tokens. */
  overlapTokens: number;
  /** Most tokens of a parent: the passage shown around a chunk. */
  parentTokens: number;
  /** Neighbours under one heading are merged while they are smaller than this. */
  minTokens: number;
}

export const DEFAULT_CHUNKER_SETTINGS: ChunkerSettings = {
  maxTokens: 256,
  overlapTokens: 32,
  parentTokens: 1024,
  minTokens: 48,
};

/** For each text, where its tokens end: rising offsets in UTF-16 code units. The embedder's own tokenizer. */
export type TokenEnds = (texts: string[]) => Promise<Uint32Array[]> | Uint32Array[];

export interface Chunk {
  /** From 0, in reading order. */
  ordinal: number;
  /** The headings above it, outermost first. */
  headingPath: string[];
  /** Repeated before `text` when it is a later piece of a table: header and rule rows, ending in a line end; else ''. */
  prefix: string;
  /** Exactly `document.text.slice(start, end)`. Embed and index `prefix + text`. */
  text: string;
  start: number;
  end: number;
  /** The passage around it: a span of `document.text` within one section; chunks of one parent share it. */
  parentStart: number;
  parentEnd: number;
  page?: number;
  pageEnd?: number;
  boxes: Box[];
  /** Tokens of `prefix + text`. */
  tokens: number;
  kind: BlockKind;
}
