import { block, composePrompt, markOf, type PromptPassage, rules } from './compose-prompt.ts';
import { adjoin, join, type Piece } from './merge-passages.ts';
import { neutralise } from './neutralise.ts';
import { isSuspicious } from './suspicious.ts';

/** What was found, best first. */
export interface FoundPassage extends Piece {
  title: string;
  headingPath: readonly string[];
  /** Read before the text, which is a later piece of a table: its header. */
  prefix: string;
}

/** A passage in the prompt: `number` is its place from 1. */
export interface PackedPassage<T extends FoundPassage> {
  number: number;
  /** The best of those it is made of. */
  best: T;
  parts: T[];
  /** As given to the model. */
  text: string;
  start: number;
  end: number;
  suspicious: boolean;
}

export interface PackedContext<T extends FoundPassage> {
  passages: PackedPassage<T>[];
  prompt: string;
  tokens: number;
}

export interface TextTokens {
  count: (text: string) => number;
  /** The longest beginning of the text that has at most so many tokens. */
  cut: (text: string, tokens: number) => string;
}

type Open<T> = Pick<PackedPassage<T & FoundPassage>, 'text' | 'start' | 'end'> & { best: T; parts: T[] };

/** A cut passage shorter than this says too little. */
const leastCut = 48;

/**
 * Takes what was found into the prompt, best first, as long as it fits; neighbours in one document become one passage. The
 * first passage is cut when it alone is too long.
 */
export function packPassages<T extends FoundPassage>(
  found: readonly T[],
  maxTokens: number,
  tokens: TextTokens,
): PackedContext<T> {
  const open: Open<T>[] = [];
  const overhead = tokens.count(rules('00000000')) + 4;
  const sizeOf = (passage: Open<T>) => tokens.count(block('00000000', 10, shown(passage))) + 2;
  let used = overhead;
  for (const item of found) {
    const index = open.findIndex((passage) => passage.parts.some((part) => adjoin(part, item)));
    const near = open[index];
    const next = near
      ? { ...near, ...join({ ...near, documentId: item.documentId }, item), parts: [...near.parts, item] }
      : { text: item.text, start: item.start, end: item.end, best: item, parts: [item] };
    const growth = sizeOf(next) - (near ? sizeOf(near) : 0);
    if (used + growth <= maxTokens) {
      open.splice(near ? index : open.length, near ? 1 : 0, next);
      used += growth;
      continue;
    }
    if (open.length > 0) continue;
    const room = maxTokens - used - (sizeOf({ ...next, text: '' }) + 1);
    if (room < leastCut) break;
    const text = tokens.cut(item.text, room);
    open.push({ ...next, text, end: next.start + text.length });
    break;
  }
  const merged = mergeMet(open);
  const blocks = merged.map(shown);
  const passages = merged.map((passage, i) => ({
    number: i + 1,
    ...passage,
    text: neutralise(passage.text),
    suspicious: blocks[i]!.suspicious,
  }));
  const prompt = composePrompt(markOf(blocks), blocks);
  return { passages, prompt, tokens: passages.length === 0 ? 0 : tokens.count(prompt) };
}

/** Two passages meet when the piece between them came last. */
function mergeMet<T extends FoundPassage>(passages: readonly Open<T>[]): Open<T>[] {
  const merged: Open<T>[] = [];
  for (const passage of passages) {
    const asPiece = (each: Open<T>) => ({ ...each, documentId: each.best.documentId });
    const index = merged.findIndex((other) => adjoin(asPiece(other), asPiece(passage)));
    const other = merged[index];
    if (!other) merged.push(passage);
    else {
      merged[index] = {
        ...other,
        ...join(asPiece(other), asPiece(passage)),
        parts: [...other.parts, ...passage.parts],
      };
    }
  }
  return merged;
}

/** Titles and headings are a document's words as well, and may be the ones that speak to the model. */
function shown<T extends FoundPassage>(passage: Open<T>): PromptPassage {
  const { title, headingPath } = passage.best;
  const text = headerOf(passage) + passage.text;
  const suspicious = [title, ...headingPath, text].some(isSuspicious);
  return { title, headingPath, text: neutralise(text), suspicious };
}

/** Of the table that the passage begins in the middle of. */
const headerOf = <T extends FoundPassage>({ parts, start }: Open<T>): string =>
  parts.find((part) => part.start === start)?.prefix ?? '';
