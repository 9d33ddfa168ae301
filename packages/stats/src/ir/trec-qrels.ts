import { StatsError } from '../stats-error.ts';
import { fileLines, trecFields } from './file-lines.ts';
import { QrelsBuilder } from './qrels-builder.ts';
import type { Qrels } from './retrieval-data.ts';

/**
 * Reads TREC judgements: lines of `query iteration document grade`, separated by white space, no other field.
 * The iteration is ignored; lines that start with `#` are comments.
 *
 * @throws {StatsError} `stats.malformed_line`, `stats.duplicate_document`, each with its line
 * @see https://github.com/usnistgov/trec_eval get_qrels.c
 */
export function parseTrecQrels(text: string): Qrels {
  const qrels = new QrelsBuilder();
  for (const { number, text: line } of fileLines(text)) {
    if (line.startsWith('#')) continue;
    const [queryId, , documentId, grade, ...more] = trecFields(line);
    if (!queryId || !documentId || !grade || more.length > 0) {
      throw new StatsError('stats.malformed_line', 'a qrels line is: query iteration document grade', number);
    }
    qrels.add(queryId, documentId, grade, number);
  }
  return qrels.build();
}
