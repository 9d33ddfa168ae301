import { support } from '../../support/index.ts';
import { lexicalArm } from './choose-arms.ts';
import type { ArmsFound } from './run-arms.ts';

/** Of the arms' candidates, before they are fused. */
export function supportOf({ reports, terms, matched }: Pick<ArmsFound, 'reports' | 'terms' | 'matched'>): number {
  const used = reports.filter((report) => report.used);
  const cosines = used
    .filter(({ name, found }) => name !== lexicalArm && found.length > 0)
    .map(({ name, found }) => ({ model: name, cosine: found[0]!.score }));
  if (used.every(({ found }) => found.length === 0)) return 0;
  const lexical = used.find(({ name }) => name === lexicalArm);
  const weights = new Map(terms.map(({ term, idf, weight }) => [term, idf * weight]));
  const sum = (of: Iterable<string>) => [...of].reduce((total, term) => total + (weights.get(term) ?? 0), 0);
  const all = sum(weights.keys());
  if (!lexical || all === 0) return support({ cosines, coverage: undefined });
  const best = lexical.found.slice(0, 20).map(({ ordinal }) => sum(matched.get(ordinal) ?? []) / all);
  return support({ cosines, coverage: Math.max(0, ...best) });
}
