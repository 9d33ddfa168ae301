import { StatsError } from '../stats-error.ts';
import type { ScoredDocument } from './retrieval-data.ts';

/**
 * Document ids, best first, in trec_eval's order: by score, and equal scores by document id, both descending.
 * Ids compare as their UTF-8 bytes do (strcmp). The order in which a system listed its ties has no effect.
 *
 * @throws {StatsError} `stats.duplicate_document`, `stats.invalid_score`
 * @see https://github.com/usnistgov/trec_eval form_res_rels.c, comp_sim_docno
 */
export function rankDocuments(documents: readonly ScoredDocument[]): string[] {
  const seen = new Set<string>();
  for (const { documentId, score } of documents) {
    if (!Number.isFinite(score)) throw new StatsError('stats.invalid_score', `score ${score} of ${documentId}`);
    if (seen.has(documentId)) throw new StatsError('stats.duplicate_document', `${documentId} was returned twice`);
    seen.add(documentId);
  }
  return [...documents]
    .sort((a, b) => b.score - a.score || compareAsUtf8(b.documentId, a.documentId))
    .map(({ documentId }) => documentId);
}

/** Order of the UTF-8 bytes, which is the order of code points; that of JavaScript differs beyond U+FFFF. */
function compareAsUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = codePointOrder(a.charCodeAt(i)) - codePointOrder(b.charCodeAt(i));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Moves surrogates (D800-DFFF), the halves of what lies beyond U+FFFF, behind E000-FFFF. */
function codePointOrder(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
