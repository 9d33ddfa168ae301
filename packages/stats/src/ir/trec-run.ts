import { StatsError } from '../stats-error.ts';
import { fileLines, trecFields } from './file-lines.ts';
import type { Run, ScoredDocument } from './retrieval-data.ts';

/**
 * Reads a TREC run: lines of `query Q0 document rank score tag`, separated by white space.
 * The rank and all after the tag are ignored as trec_eval does; lines that start with `#` are comments.
 * Unlike trec_eval, which reads a bad score as 0, it is refused.
 *
 * @throws {StatsError} `stats.malformed_line`, `stats.invalid_score`, `stats.duplicate_document`, each with its line
 * @see https://github.com/usnistgov/trec_eval get_trec_results.c
 */
export function parseTrecRun(text: string): Run {
  const run = new Map<string, Map<string, ScoredDocument>>();
  for (const { number, text: line } of fileLines(text)) {
    if (line.startsWith('#')) continue;
    const [queryId, , documentId, , scoreText, tag] = trecFields(line);
    if (!queryId || !documentId || !scoreText || tag === undefined) {
      throw new StatsError('stats.malformed_line', 'a run line is: query Q0 document rank score tag', number);
    }
    const score = Number(scoreText);
    if (!Number.isFinite(score)) throw new StatsError('stats.invalid_score', `score ${scoreText}`, number);
    const documents = run.get(queryId) ?? new Map<string, ScoredDocument>();
    if (documents.has(documentId)) {
      throw new StatsError('stats.duplicate_document', `${documentId} again for query ${queryId}`, number);
    }
    run.set(queryId, documents.set(documentId, { documentId, score }));
  }
  return new Map([...run].map(([queryId, documents]) => [queryId, [...documents.values()]]));
}
