import type { Block, BlockKind, Box, Page, ParsedDocument } from './parsed-document.ts';

/** A block before the text is put together: its own text instead of offsets. */
export interface RawBlock {
  kind: BlockKind;
  text: string;
  level?: number;
  page?: number;
  /** Instead of `text`, where the printed lines are known: their texts joined are the block's. */
  lines?: { text: string; page: number; box: [x0: number, y0: number, x1: number, y1: number] }[];
}

export interface RawDocument {
  title?: string | null;
  language?: string | null;
  metadata: Record<string, string>;
  blocks: RawBlock[];
  pages: Page[];
  warnings: string[];
}

/** Puts the blocks' texts after each other, so that their offsets are true whatever the parser counted in. */
export function assembleDocument(raw: RawDocument, mediaType: string): ParsedDocument {
  const blocks: Block[] = [];
  const parts: string[] = [];
  let length = 0;
  let before: BlockKind | undefined;
  for (const block of raw.blocks) {
    const { kind, level, page } = block;
    const lines = block.lines?.map((line) => ({ ...line, text: normaliseText(line.text) }));
    const text = (lines ? lines.map((line) => line.text).join('') : normaliseText(block.text)).trimEnd();
    if (text.trim() === '') continue;
    if (before !== undefined) {
      const nested = kind === 'list_item' && before === 'list_item';
      const glue = nested ? `\n${'  '.repeat((level ?? 1) - 1)}` : '\n\n';
      parts.push(glue);
      length += glue.length;
    }
    parts.push(text);
    const place = { start: length, end: length + text.length };
    const boxes = lines && boxesOf(lines, place);
    blocks.push({ kind, ...(level && { level }), ...place, ...(page && { page }), ...(boxes && { boxes }) });
    length += text.length;
    before = kind;
  }
  const title = raw.title ? normaliseText(raw.title).replace(/\s+/g, ' ').trim() : '';
  return {
    mediaType,
    ...(title && { title }),
    ...(raw.language && { language: raw.language }),
    metadata: raw.metadata,
    text: parts.join(''),
    blocks,
    pages: raw.pages,
    warnings: raw.warnings,
  };
}

function boxesOf(lines: NonNullable<RawBlock['lines']>, block: { start: number; end: number }): Box[] {
  let at = block.start;
  return lines.map(({ text, page, box: [x0, y0, x1, y1] }) => {
    const start = at;
    at += text.length;
    return { page, start, end: Math.min(block.end, start + text.trimEnd().length), x0, y0, x1, y1 };
  });
}

// Control characters but \t and \n, soft hyphens, byte order marks, and halves of surrogate pairs (Postgres refuses NUL
// and lone halves; the others only break words apart).
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const unwanted = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\ufeff]|\p{Surrogate}/gu;

/** `\n` line ends, NFC, no control characters: what a tokenizer, Postgres and a person all read alike. */
export function normaliseText(text: string): string {
  return text
    .replace(/\r\n?|\u2028|\u2029|\u0085/g, '\n')
    .replace(unwanted, '')
    .normalize('NFC');
}
