import type { LabelJson } from '@llmops/contracts/data/v1/annotation';
import { type AlphaLabel, cohensKappa, krippendorffsAlpha, StatsError } from '@llmops/stats';
import { type Labels, labelKey } from './label.ts';

/** Of one item: who said what. */
export interface LabelledItem {
  labels: readonly { annotator: string; label: LabelJson }[];
}

export interface PairAgreement {
  first: string;
  second: string;
  items: number;
  observed: number;
  kappa: number | undefined;
}

export interface LabelAgreement {
  /** With two labels or more. */
  items: number;
  /** Share of the pairs of labels that agree; of spans, the share of marked spans that both marked. */
  observed: number;
  cohenKappa: number | undefined;
  /** Of very many items without its interval, which is narrow. */
  alpha: { estimate: number; low?: number; high?: number } | undefined;
  pairs: PairAgreement[];
}

/** Each goes through all items, a microsecond for each, in which the service does nothing else. */
const resamplesOf = (items: number): number => (items <= 2_000 ? 500 : items <= 10_000 ? 100 : 0);

/** How well annotators agree on the items that at least two of them labelled. */
export function measureAgreement(schema: Labels, all: readonly LabelledItem[]): LabelAgreement {
  const items = all.filter(({ labels }) => labels.length >= 2);
  const pairs = pairsOf(schema, items);
  const compared = pairs.reduce((sum, pair) => sum + pair.items, 0);
  const agreed = pairs.reduce((sum, pair) => sum + pair.observed * pair.items, 0);
  return {
    items: items.length,
    observed: compared === 0 ? 0 : agreed / compared,
    cohenKappa: pairs.length === 1 ? pairs[0]!.kappa : undefined,
    alpha: alphaOf(schema, items),
    pairs,
  };
}

function pairsOf(schema: Labels, items: readonly LabelledItem[]): PairAgreement[] {
  const both = new Map<string, { first: string; second: string; labels: [LabelJson, LabelJson][] }>();
  for (const { labels } of items) {
    const sorted = [...labels].sort((a, b) => (a.annotator < b.annotator ? -1 : 1));
    for (const [index, one] of sorted.entries()) {
      for (const other of sorted.slice(index + 1)) {
        const id = `${one.annotator} ${other.annotator}`;
        const pair = both.get(id) ?? { first: one.annotator, second: other.annotator, labels: [] };
        pair.labels.push([one.label, other.label]);
        both.set(id, pair);
      }
    }
  }
  return [...both.values()].map(({ first, second, labels }) => {
    const keys = labels.map(([a, b]) => [labelKey(schema, a), labelKey(schema, b)] as const);
    const shares = labels.map(([a, b], index) => overlap(schema, a, b, keys[index]![0] === keys[index]![1]));
    return {
      first,
      second,
      items: labels.length,
      observed: shares.reduce((sum, share) => sum + share, 0) / labels.length,
      kappa: kappaOf(schema, keys),
    };
  });
}

/** 1 for labels that say the same; of spans, F1 of one annotator's against the other's. */
function overlap(schema: Labels, a: LabelJson, b: LabelJson, same: boolean): number {
  if (same || !schema.spans) return same ? 1 : 0;
  const spansOf = (label: LabelJson): Set<string> =>
    new Set((label.spans ?? []).map(({ start = 0, end = 0, value = '' }) => `${start} ${end} ${value}`));
  const [mine, theirs] = [spansOf(a), spansOf(b)];
  const shared = [...mine].filter((span) => theirs.has(span)).length;
  return (2 * shared) / (mine.size + theirs.size);
}

/** Beyond chance only where labels come from a list: of texts and spans hardly two are the same by chance. */
const isCategorical = (schema: Labels): boolean => schema.categories !== undefined || schema.pairwise !== undefined;

const isOrdinal = (schema: Labels): boolean => schema.categories?.ordinal === true && !schema.categories.multiple;

function kappaOf(schema: Labels, keys: readonly (readonly [string, string])[]): number | undefined {
  if (!isCategorical(schema)) return undefined;
  const categories = isOrdinal(schema) ? orderOf(schema) : undefined;
  const options = { resamples: 0, ...(categories ? { categories, weights: 'quadratic' as const } : {}) };
  return defined(() => {
    const kappa = cohensKappa(
      keys.map(([a]) => a),
      keys.map(([, b]) => b),
      options,
    );
    return kappa.estimate;
  });
}

function alphaOf(schema: Labels, items: readonly LabelledItem[]): LabelAgreement['alpha'] {
  if (!isCategorical(schema)) return undefined;
  const keys: AlphaLabel[][] = items.map(({ labels }) => labels.map(({ label }) => labelKey(schema, label)));
  const level = isOrdinal(schema) ? { level: 'ordinal' as const, categories: orderOf(schema) } : {};
  const resamples = resamplesOf(keys.length);
  return defined(() => {
    const { estimate, low, high } = krippendorffsAlpha(keys, { resamples, ...level });
    return resamples === 0 ? { estimate } : { estimate, low, high };
  });
}

const orderOf = ({ categories }: Labels): string[] =>
  (categories?.values ?? []).map((value) => JSON.stringify([value]));

/** Too few labels, or all of them the same, have no agreement beyond chance. */
function defined<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof StatsError) return undefined;
    throw error;
  }
}
