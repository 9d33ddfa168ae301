import { bootstrapStatistic } from '../confidence/bootstrap-statistic.ts';
import { StatsError } from '../stats-error.ts';
import { type Agreement, type AgreementOptions, agreementBounds, checkAgreement, checkItems } from './agreement.ts';

/**
 * Fleiss' kappa: `counts[i][c]` is how many annotators gave item i the category c, with the same number of annotators
 * (two at least) for every item; they need not be the same people. For missing labels use Krippendorff's alpha.
 *
 * @throws {StatsError} `stats.too_few_values`, `stats.no_variation`, `stats.invalid_option` when items differ in labels
 * @see Fleiss 1971
 */
export function fleissKappa(counts: readonly (readonly number[])[], options: AgreementOptions = {}): Agreement {
  checkItems(counts.length);
  const raters = sum(counts[0]!);
  if (raters < 2) throw new StatsError('stats.too_few_values', `${raters} label an item`);
  const uneven = counts.findIndex((item) => sum(item) !== raters || item.length !== counts[0]!.length);
  if (uneven >= 0) {
    throw new StatsError('stats.invalid_option', `item ${uneven} has other labels in number than the first`);
  }
  const estimate = checkAgreement(kappaOf(counts, raters));
  const resampled = (random: () => number) =>
    kappaOf(
      counts.map(() => counts[Math.floor(random() * counts.length)]!),
      raters,
    );
  return {
    ...bootstrapStatistic(estimate, resampled, { ...options, bounds: agreementBounds }),
    items: counts.length,
  };
}

function kappaOf(counts: readonly (readonly number[])[], raters: number): number {
  const shares = new Float64Array(counts[0]!.length);
  let observed = 0;
  for (const item of counts) {
    let squares = 0;
    for (let category = 0; category < item.length; category++) {
      const count = item[category]!;
      shares[category]! += count / (raters * counts.length);
      squares += count * count;
    }
    observed += (squares - raters) / (raters * (raters - 1)) / counts.length;
  }
  const expected = shares.reduce((total, share) => total + share * share, 0);
  return expected > 1 - 1e-12 ? Number.NaN : (observed - expected) / (1 - expected);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
