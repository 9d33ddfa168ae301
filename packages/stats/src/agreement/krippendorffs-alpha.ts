import { bootstrapStatistic } from '../confidence/bootstrap-statistic.ts';
import { StatsError } from '../stats-error.ts';
import { type Agreement, type AgreementOptions, agreementBounds, checkAgreement, checkItems } from './agreement.ts';

export type AlphaLabel = string | number;

export interface AlphaOptions extends AgreementOptions {
  /** How far apart two labels are; `nominal` when left out. `interval` needs numbers. */
  readonly level?: 'nominal' | 'ordinal' | 'interval';
  /** The labels in their order, for `ordinal` labels that are not numbers. */
  readonly categories?: readonly AlphaLabel[];
}

/**
 * Krippendorff's alpha of any number of annotators: `items[i]` holds the labels of item i, missing ones as null or left
 * out; items with fewer than two labels do not count.
 *
 * @throws {StatsError} `stats.too_few_values`, `stats.no_variation`, `stats.invalid_option`
 * @see Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011
 */
export function krippendorffsAlpha(
  items: readonly (readonly (AlphaLabel | null | undefined)[])[],
  options: AlphaOptions = {},
): Agreement {
  const { level = 'nominal' } = options;
  const labels = items
    .map((item) => item.filter((label): label is AlphaLabel => label !== null && label !== undefined))
    .filter((item) => item.length >= 2);
  checkItems(labels.length);
  const scale = scaleOf(labels, level, options.categories);
  const coded = labels.map((item) => item.map((label) => scale.codeOf(label)));
  const estimate = checkAgreement(alphaOf(coded, scale.values, level));
  const resampled = (random: () => number) =>
    alphaOf(
      coded.map(() => coded[Math.floor(random() * coded.length)]!),
      scale.values,
      level,
    );
  return {
    ...bootstrapStatistic(estimate, resampled, { ...options, bounds: agreementBounds }),
    items: coded.length,
  };
}

interface Scale {
  /** The number behind each code; the code itself where labels are not numbers. */
  readonly values: readonly number[];
  codeOf(label: AlphaLabel): number;
}

function scaleOf(
  items: readonly (readonly AlphaLabel[])[],
  level: 'nominal' | 'ordinal' | 'interval',
  categories: readonly AlphaLabel[] | undefined,
): Scale {
  const seen = [...new Set(items.flat())];
  const numbers = seen.every((label) => typeof label === 'number' && Number.isFinite(label));
  if (level !== 'nominal' && !numbers && !(categories && level === 'ordinal')) {
    throw new StatsError('stats.invalid_option', `${level} labels have to be numbers, or ordinal with categories`);
  }
  const order = categories ?? (numbers ? (seen as number[]).sort((a, b) => a - b) : seen.sort());
  const codes = new Map(order.map((label, code) => [label, code]));
  return {
    values: order.map((label, code) => (level === 'interval' ? (label as number) : code)),
    codeOf(label) {
      const code = codes.get(label);
      if (code === undefined) throw new StatsError('stats.invalid_option', `${JSON.stringify(label)} is no category`);
      return code;
    },
  };
}

type Distance = (a: number, b: number) => number;

function alphaOf(
  items: readonly (readonly number[])[],
  values: readonly number[],
  level: 'nominal' | 'ordinal' | 'interval',
): number {
  const counts = new Float64Array(values.length);
  let total = 0;
  for (const item of items) {
    total += item.length;
    for (const code of item) counts[code]!++;
  }
  const distance = distanceOf(counts, values, level);
  let observed = 0;
  for (const item of items) {
    let apart = 0;
    for (let a = 0; a < item.length; a++) {
      for (let b = a + 1; b < item.length; b++) apart += distance(item[a]!, item[b]!);
    }
    observed += (2 * apart) / (item.length - 1);
  }
  const expected = expectedOf(counts, total, distance);
  return expected === 0 ? Number.NaN : 1 - ((total - 1) * observed) / expected;
}

function expectedOf(counts: Float64Array, total: number, distance: Distance): number {
  const present = [...counts.keys()].filter((code) => counts[code]! > 0);
  if (present.length > 1_000) {
    throw new StatsError('stats.invalid_option', `${present.length} different labels of ${total} are too many`);
  }
  let expected = 0;
  for (let a = 0; a < present.length; a++) {
    for (let b = a + 1; b < present.length; b++) {
      const [one, other] = [present[a]!, present[b]!];
      expected += 2 * counts[one]! * counts[other]! * distance(one, other);
    }
  }
  return expected;
}

function distanceOf(
  counts: Float64Array,
  values: readonly number[],
  level: 'nominal' | 'ordinal' | 'interval',
): Distance {
  if (level === 'nominal') return (a, b) => (a === b ? 0 : 1);
  if (level === 'interval') return (a, b) => (values[a]! - values[b]!) ** 2;
  // Labels between two, and half of each of the two: their distance in ranks.
  const upTo = new Float64Array(counts.length);
  counts.reduce((sum, count, code) => {
    upTo[code] = sum + count / 2;
    return sum + count;
  }, 0);
  return (a, b) => (upTo[a]! - upTo[b]!) ** 2;
}
