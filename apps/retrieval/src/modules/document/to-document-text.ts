import type { TextView } from './read-text.ts';

/** The part that was asked for, with the blocks that touch it and all pages. */
export const toDocumentText = ({ document, start, end }: TextView) => ({
  text: document.text.slice(start, end),
  start,
  length: document.text.length,
  blocks: document.blocks
    .filter((block) => block.end > start && block.start < end)
    .map((block) => ({
      kind: block.kind,
      level: block.level ?? 0,
      start: block.start,
      end: block.end,
      page: block.page ?? 0,
    })),
  pages: document.pages,
});
