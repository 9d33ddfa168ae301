/** What the support of an answer is told by. */
export interface SupportFacts {
  /** The best cosine of each dense arm that took part. */
  cosines: readonly { model: string; cosine: number }[];
  /** The largest share of the query's terms that one chunk has, terms weighted by rarity; undefined without that arm. */
  coverage: number | undefined;
}

/**
 * How well what was found supports an answer, from 0 to 1: a logistic of the best cosine and of the best coverage of the
 * query's terms. Fitted on questions of XQuAD (English) and headings of the NATS documentation, each asked to its own and
 * to the other's texts, with MiniLM. AUC 0.996 with MiniLM, 0.989 with E5, 0.996 with both; by one of the two facts alone
 * 0.988 and 0.949.
 */
export function support({ cosines, coverage }: SupportFacts): number {
  const cosine = cosines.length === 0 ? undefined : Math.max(...cosines.map(comparable));
  if (cosine === undefined && coverage === undefined) return 0;
  if (cosine === undefined) return logistic(-4.47 + 12.59 * coverage!);
  if (coverage === undefined) return logistic(-6.45 + 18.11 * cosine);
  return logistic(-7.94 + 14.85 * cosine + 6.96 * coverage);
}

const logistic = (value: number): number => 1 / (1 + Math.exp(-value));

/** E5 was trained at a low temperature: its cosines lie between about 0.7 and 0.95. Brought to the scale of MiniLM's. */
function comparable({ model, cosine }: { model: string; cosine: number }): number {
  return /(?:^|[/-])e5(?:-|$)/i.test(model) ? (cosine - 0.745) * 3.6 : cosine;
}
