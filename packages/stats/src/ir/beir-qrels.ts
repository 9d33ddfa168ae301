import { StatsError } from '../stats-error.ts';
import { fileLines } from './file-lines.ts';
import { QrelsBuilder } from './qrels-builder.ts';
import type { Qrels } from './retrieval-data.ts';

/**
 * Reads BEIR judgements: `query-id`, `corpus-id`, `score`, separated by tabs; ids may hold spaces.
 * The header is skipped where there is one: a first line whose score is not a number.
 *
 * @throws {StatsError} `stats.malformed_line`, `stats.duplicate_document`, each with its line
 * @see https://github.com/beir-cellar/beir/wiki/Load-your-custom-dataset
 */
export function parseBeirQrels(text: string): Qrels {
  const qrels = new QrelsBuilder();
  let first = true;
  for (const { number, text: line } of fileLines(text)) {
    const [queryId, documentId, grade, ...more] = line.split('\t');
    if (!queryId || !documentId || grade === undefined || more.length > 0) {
      throw new StatsError('stats.malformed_line', 'a BEIR qrels line is three fields with tabs between', number);
    }
    const header = first && Number.isNaN(Number(grade));
    first = false;
    if (!header) qrels.add(queryId, documentId, grade.trim(), number);
  }
  return qrels.build();
}
