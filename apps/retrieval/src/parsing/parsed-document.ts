/** What every parser turns a file into: one text, and what its parts are. */
export interface ParsedDocument {
  /** What the content is, found from the bytes; the name only decides between text formats. */
  mediaType: string;
  title?: string;
  /** BCP 47, only when the file itself says so. */
  language?: string;
  metadata: Record<string, string>;
  /** The whole text, normalised: `\n` line ends, NFC, no control characters. Offsets count UTF-16 code units in it. */
  text: string;
  /** In reading order, not overlapping; what lies between two blocks is white space. */
  blocks: Block[];
  /** Empty for formats without pages. */
  pages: Page[];
  warnings: string[];
}

export type BlockKind = 'heading' | 'paragraph' | 'list_item' | 'table' | 'code' | 'caption' | 'quote';

export interface Block {
  kind: BlockKind;
  /** Of a heading 1 to 6; of a list item its depth from 1. */
  level?: number;
  start: number;
  end: number;
  /** 1-based. */
  page?: number;
  /** Where its lines are printed, one box a line. */
  boxes?: Box[];
}

/** One printed line. Its place is in fractions of the page, 0 to 1, from its top left corner. */
export interface Box {
  page: number;
  /** The part of the document's text that is printed here. */
  start: number;
  end: number;
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

export interface Page {
  /** 1-based. */
  number: number;
  /** In points, as shown (a turned page is turned). */
  width: number;
  height: number;
  hasText: boolean;
}
