import type { Block, ParsedDocument } from '../parsing/index.ts';
import { type Span, splitLines, splitLong, splitSentences } from './split-span.ts';
import type { CountTokens } from './token-index.ts';

/** The least a chunk is made of: a sentence, a line of code, a row, or a whole table or listing that fits. */
export interface Unit extends Span {
  block: Block;
  /** May be repeated at the start of the next chunk. */
  prose: boolean;
  /** Of a later piece of a table: its header, repeated before it. */
  header?: Span;
  /** Ends a table or listing that was cut: nothing follows it in its chunk. */
  last?: true;
}

interface Splitter {
  document: ParsedDocument;
  budget: number;
  count: CountTokens;
}

export function unitsOf(block: Block, splitter: Splitter): Unit[] {
  const { document, budget, count } = splitter;
  switch (block.kind) {
    case 'table':
      return count(block.start, block.end) <= budget ? [whole(block)] : rowsOf(block, splitter);
    case 'code':
      return count(block.start, block.end) <= budget ? [whole(block)] : linesOf(block, splitter);
    case 'heading':
    case 'caption':
      return pieces(block, [block], splitter, block.kind === 'caption');
    default:
      return pieces(block, splitSentences(document.text, block, document.language), splitter, true);
  }
}

const whole = (block: Block): Unit => ({ start: block.start, end: block.end, block, prose: false });

function pieces(block: Block, spans: Span[], { document, budget, count }: Splitter, prose: boolean): Unit[] {
  return spans
    .flatMap((span) => splitLong(document.text, span, budget, count))
    .map(({ start, end }) => ({ start, end, block, prose }));
}

function linesOf(block: Block, splitter: Splitter): Unit[] {
  const units = pieces(block, splitLines(splitter.document.text, block), splitter, false);
  // Blanks at the start of a line are part of the code.
  for (const unit of units) unit.start = lineStart(splitter.document.text, unit.start, block.start);
  return ending(units);
}

function lineStart(text: string, at: number, least: number): number {
  let start = at;
  while (start > least && (text[start - 1] === ' ' || text[start - 1] === '\t')) start -= 1;
  return start === least || text[start - 1] === '\n' ? start : at;
}

function rowsOf(block: Block, splitter: Splitter): Unit[] {
  const { document, budget, count } = splitter;
  const [first, rule, ...rows] = splitLines(document.text, block);
  const hasRule = rule && /^\|( ?:?-+:? ?\|)+\s*$/.test(document.text.slice(rule.start, rule.end));
  if (!first || !hasRule) return ending(pieces(block, splitLines(document.text, block), splitter, false));
  const header = { start: first.start, end: rule.end };
  const headerTokens = count(header.start, header.end);
  // A header that takes half of the room would crowd out what it explains.
  if (headerTokens > budget / 2) return ending(pieces(block, [header, ...rows], splitter, false));
  const inner = { ...splitter, budget: budget - headerTokens };
  const cut = pieces(block, rows, inner, false);
  return ending([{ ...header, block, prose: false }, ...cut.map((unit) => ({ ...unit, header }))]);
}

function ending(units: Unit[]): Unit[] {
  const last = units.at(-1);
  if (last && units.length > 1) last.last = true;
  return units;
}
