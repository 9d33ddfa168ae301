import { ANALYZER_VERSION, emitTerms, languageOfText } from '../analyze/analyze.ts';
import { LexicalError } from '../lexical-error.ts';
import { LARGEST_ORDINAL, type LexicalDocument } from './format.ts';
import { type DocumentRow, SegmentWriter } from './segment-writer.ts';
import { compareBytes, termBytes } from './term-bytes.ts';

/** Documents of a term with its occurrences in title, headings and text: four numbers each. */
type Postings = number[];

/**
 * Indexes documents as one immutable segment. Documents may come in any order; equal documents give equal bytes.
 *
 * @throws {LexicalError} `invalid_document`, `duplicate_ordinal`
 */
export function buildSegment(documents: readonly LexicalDocument[]): Uint8Array {
  const sorted = [...documents].sort((one, other) => one.ordinal - other.ordinal);
  for (const [index, { ordinal }] of sorted.entries()) {
    if (!Number.isInteger(ordinal) || ordinal < 0 || ordinal > LARGEST_ORDINAL) {
      throw new LexicalError('invalid_document', `ordinal ${ordinal} is not a whole number from 0 to 2^40`);
    }
    if (index > 0 && sorted[index - 1]!.ordinal === ordinal) {
      throw new LexicalError('duplicate_ordinal', `two documents have the ordinal ${ordinal}`);
    }
  }
  const rows: DocumentRow[] = [];
  const postings = new Map<string, Postings>();
  for (const [index, document] of sorted.entries()) rows.push(indexDocument(document, index, postings));
  return writeSegment(rows, postings);
}

function indexDocument(document: LexicalDocument, index: number, postings: Map<string, Postings>): DocumentRow {
  const { title = '', headings = '', text } = document.fields;
  const joined = typeof headings === 'string' ? headings : headings.join('\n');
  const language = languageOfText(text.length > 0 ? text : title, document.language);
  const count = (field: 1 | 2 | 3, value: string): number =>
    emitTerms(value, language, (term) => {
      let list = postings.get(term);
      if (list === undefined) {
        list = [];
        postings.set(term, list);
      }
      if (list.length === 0 || list[list.length - 4] !== index) list.push(index, 0, 0, 0);
      list[list.length - 4 + field]! += 1;
    });
  return {
    ordinal: document.ordinal,
    title: count(1, title),
    headings: count(2, joined),
    text: count(3, text),
    language: language ?? '',
  };
}

function writeSegment(rows: readonly DocumentRow[], postings: ReadonlyMap<string, Postings>): Uint8Array {
  const writer = new SegmentWriter(ANALYZER_VERSION, rows);
  const terms = Array.from(postings, ([term, list]) => ({ term: termBytes(term), list }));
  terms.sort((one, other) => compareBytes(one.term, other.term));
  for (const { term, list } of terms) {
    writer.blocks.begin();
    for (let at = 0; at < list.length; at += 4)
      writer.blocks.add(list[at]!, list[at + 1]!, list[at + 2]!, list[at + 3]!);
    writer.endTerm(term);
  }
  return writer.finish();
}
