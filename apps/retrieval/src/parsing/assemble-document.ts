import type { Block, BlockKind, Box, Page, ParsedDocument } from './parsed-document.ts';

/** A block before the text is put together: its own text instead of offsets. */
export interface RawBlock {
  kind: BlockKind;
  text: string;
  level?: number;
  page?: number;
  boxes?: Box[];
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
  for (const { text: rawText, kind, ...rest } of raw.blocks) {
    const text = normaliseText(rawText).replace(/\s+$/, '');
    if (text.trim() === '') continue;
    if (before !== undefined) {
      const glue = kind === 'list_item' && before === 'list_item' ? '\n' : '\n\n';
      parts.push(glue);
      length += glue.length;
    }
    parts.push(text);
    blocks.push({ kind, ...rest, start: length, end: length + text.length });
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
