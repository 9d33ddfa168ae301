import type { DocumentText } from '@llmops/contracts/retrieval/v1/knowledge_base';
import type { TextRange } from './text-segments.ts';

export interface ShownBlock extends TextRange {
  kind: string;
  level: number;
  page: number;
}

/** What is shown of a text: its blocks cut to what was sent, and what stands between them. */
export function shownBlocks({ text, start, blocks }: DocumentText): ShownBlock[] {
  const end = start + text.length;
  const shown: ShownBlock[] = [];
  let at = start;
  const gap = (to: number) => {
    // White space between blocks is what sets them apart, and no text of its own.
    if (to > at && text.slice(at - start, to - start).trim() !== '') {
      shown.push({ kind: 'paragraph', level: 0, page: shown.at(-1)?.page ?? 0, start: at, end: to });
    }
  };
  for (const block of blocks) {
    const [from, to] = [Math.max(block.start, at), Math.min(block.end, end)];
    if (from >= to) continue;
    gap(from);
    shown.push({ kind: block.kind, level: block.level, page: block.page, start: from, end: to });
    at = to;
  }
  gap(end);
  return shown;
}

/** Rows of a table's text, `| a | b |` or with tabs, each cell with its place in the document; undefined when it is neither. */
export function tableRows(text: string, offset: number): TextRange[][] | undefined {
  const separator = text.includes('|') ? '|' : text.includes('\t') ? '\t' : undefined;
  if (!separator) return undefined;
  const rows: TextRange[][] = [];
  let lineStart = 0;
  for (const line of text.split('\n')) {
    const isRule = /^[\s|:-]+$/.test(line) && line.includes('-');
    if (line.trim() !== '' && !isRule) rows.push(cellsOf(line, separator, offset + lineStart));
    lineStart += line.length + 1;
  }
  return rows;
}

function cellsOf(line: string, separator: string, offset: number): TextRange[] {
  const cells: TextRange[] = [];
  let at = 0;
  for (const cell of line.split(separator)) {
    const lead = cell.length - cell.trimStart().length;
    cells.push({ start: offset + at + lead, end: offset + at + Math.max(lead, cell.trimEnd().length) });
    at += cell.length + 1;
  }
  // A row that begins and ends with the bar has an empty cell at each end.
  if (separator === '|' && line.trimStart().startsWith('|')) cells.shift();
  if (separator === '|' && line.trimEnd().endsWith('|')) cells.pop();
  return cells;
}
