import { StatsError } from '../stats-error.ts';
import type { Qrels } from './retrieval-data.ts';

/** Gathers judgements line by line; grades are whole numbers from -127 to 127, as in trec_eval. */
export class QrelsBuilder {
  readonly #qrels = new Map<string, Map<string, number>>();

  add(queryId: string, documentId: string, gradeText: string, line: number): void {
    const grade = Number(gradeText);
    if (!/^[+-]?\d+$/.test(gradeText) || Math.abs(grade) > 127) {
      throw new StatsError('stats.malformed_line', `relevance ${gradeText} is not a whole number in ±127`, line);
    }
    const judgements = this.#qrels.get(queryId) ?? new Map<string, number>();
    if (judgements.has(documentId)) {
      throw new StatsError('stats.duplicate_document', `${documentId} judged again for query ${queryId}`, line);
    }
    this.#qrels.set(queryId, judgements.set(documentId, grade));
  }

  build(): Qrels {
    return this.#qrels;
  }
}
