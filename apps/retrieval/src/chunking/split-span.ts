import type { CountTokens } from './token-index.ts';

export interface Span {
  start: number;
  end: number;
}

const sentences = new Map<string, Intl.Segmenter>();

function sentenceSegmenter(language: string | undefined): Intl.Segmenter {
  const key = language ?? 'und';
  let segmenter = sentences.get(key);
  if (!segmenter) {
    const locale = language && isLocale(language) ? language : 'und';
    segmenter = new Intl.Segmenter(locale, { granularity: 'sentence' });
    sentences.set(key, segmenter);
  }
  return segmenter;
}

function isLocale(language: string): boolean {
  try {
    return Intl.getCanonicalLocales(language).length > 0;
  } catch {
    return false;
  }
}

/** The sentences of a span, without the white space between them. */
export function splitSentences(text: string, span: Span, language: string | undefined): Span[] {
  // A line end inside a paragraph is where the editor wrapped, not where a sentence ends.
  const flat = text.slice(span.start, span.end).replace(/\n/g, ' ');
  const found: Span[] = [];
  for (const { segment, index } of sentenceSegmenter(language).segment(flat)) {
    const next = trimmed(text, { start: span.start + index, end: span.start + index + segment.length });
    const before = found.at(-1);
    // "Dr.", "e.g.", "3.": too short to be a sentence of its own.
    if (before && before.end - before.start <= 4 && next.end > next.start) before.end = next.end;
    else if (next.end > next.start) found.push(next);
  }
  return found;
}

/** The lines of a span that are not empty. */
export function splitLines(text: string, span: Span): Span[] {
  const lines: Span[] = [];
  for (let start = span.start; start < span.end; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 || newline > span.end ? span.end : newline;
    if (text.slice(start, end).trim() !== '') lines.push({ start, end });
    start = end + 1;
  }
  return lines;
}

// From the best place to cut to the worst, each matching just before the cut.
const places = [/\n$/, /[;；。.!?！？…]$/, /[,:、，：]$/, /[\s|]$/];
const words = new Intl.Segmenter('und', { granularity: 'word' });
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Cuts what has no better structure into pieces of at most `budget` tokens, at the best places there are. */
export function splitLong(text: string, span: Span, budget: number, count: CountTokens): Span[] {
  const pieces: Span[] = [];
  let start = span.start;
  while (start < span.end && count(start, span.end) > budget) {
    const limit = furthest(start, span.end, budget, count);
    const cut = bestCut(text, start, limit);
    push(pieces, text, { start, end: cut });
    start = cut;
  }
  push(pieces, text, { start, end: span.end });
  return pieces;
}

/** The last offset up to which at most `budget` tokens fit. */
function furthest(start: number, end: number, budget: number, count: CountTokens): number {
  let low = start + 1;
  let high = end;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    // A token that is begun counts: what follows the last whole token belongs to the next.
    if (count(start, middle) < budget || (count(start, middle) === budget && count(start, middle - 1) < budget))
      low = middle;
    else high = middle - 1;
  }
  return low;
}

function bestCut(text: string, start: number, limit: number): number {
  const earliest = start + Math.floor((limit - start) * 0.6);
  for (const place of places) {
    for (let at = limit; at > earliest; at -= 1) if (place.test(text.slice(at - 1, at))) return at;
  }
  const boundary = lastBoundary(words, text, start, limit) ?? lastBoundary(graphemes, text, start, limit) ?? limit;
  // Never between the halves of one character.
  const halved = /^[\udc00-\udfff]$/.test(text[boundary] ?? '');
  if (!halved) return boundary;
  return boundary - 1 > start ? boundary - 1 : boundary + 1;
}

function lastBoundary(segmenter: Intl.Segmenter, text: string, start: number, limit: number): number | undefined {
  // A little beyond the limit, so that the segment that crosses it is seen whole.
  const window = text.slice(start, limit + 64);
  let last: number | undefined;
  for (const { index } of segmenter.segment(window)) {
    if (start + index > limit) break;
    if (index > 0) last = start + index;
  }
  return last;
}

function push(pieces: Span[], text: string, span: Span): void {
  const piece = trimmed(text, span);
  if (piece.end > piece.start) pieces.push(piece);
}

function trimmed(text: string, { start, end }: Span): Span {
  const inside = text.slice(start, end);
  const lead = inside.length - inside.trimStart().length;
  return { start: start + lead, end: Math.max(start + lead, start + inside.trimEnd().length) };
}
