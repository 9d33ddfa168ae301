import { bootstrapStatistic } from '../confidence/bootstrap-statistic.ts';
import { StatsError } from '../stats-error.ts';
import { type Agreement, type AgreementOptions, agreementBounds, checkAgreement, checkItems } from './agreement.ts';

export interface KappaOptions extends AgreementOptions {
  /** How far apart two labels are: `none` any two differ alike, `linear` or `quadratic` in the order of `categories`. */
  readonly weights?: 'none' | 'linear' | 'quadratic';
  /** All labels, in their order. Needed with weights; without them, those seen. */
  readonly categories?: readonly string[];
}

/**
 * Cohen's kappa of two annotators: `first[i]` and `second[i]` are their labels of item i. The interval comes from drawing
 * items anew.
 *
 * @throws {StatsError} `stats.too_few_values`, `stats.no_variation`, `stats.invalid_option`
 * @see Cohen 1960 (plain) and 1968 (weighted)
 */
export function cohensKappa(
  first: readonly string[],
  second: readonly string[],
  options: KappaOptions = {},
): Agreement {
  const { weights = 'none', categories = [...new Set([...first, ...second])].sort() } = options;
  if (first.length !== second.length) {
    throw new StatsError('stats.invalid_option', `${first.length} labels beside ${second.length}`);
  }
  if (weights !== 'none' && !options.categories) {
    throw new StatsError('stats.invalid_option', 'weights need categories in their order');
  }
  checkItems(first.length);
  const index = new Map(categories.map((category, at) => [category, at]));
  const indexOf = (label: string) => {
    const at = index.get(label);
    if (at === undefined) throw new StatsError('stats.invalid_option', `${JSON.stringify(label)} is no category`);
    return at;
  };
  const size = categories.length;
  const cells = first.map((label, item) => indexOf(label) * size + indexOf(second[item]!));
  const distance = distances(size, weights);
  const estimate = checkAgreement(kappaOf(cells, size, distance));
  const resampled = (random: () => number) =>
    kappaOf(
      cells.map(() => cells[Math.floor(random() * cells.length)]!),
      size,
      distance,
    );
  return {
    ...bootstrapStatistic(estimate, resampled, { ...options, bounds: agreementBounds }),
    items: cells.length,
  };
}

function distances(size: number, weights: 'none' | 'linear' | 'quadratic'): Float64Array {
  return Float64Array.from({ length: size * size }, (_, cell) => {
    const apart = Math.abs(Math.floor(cell / size) - (cell % size));
    if (weights === 'none') return apart === 0 ? 0 : 1;
    return weights === 'linear' ? apart : apart * apart;
  });
}

function kappaOf(cells: readonly number[], size: number, distance: Float64Array): number {
  const rows = new Float64Array(size);
  const columns = new Float64Array(size);
  let observed = 0;
  for (const cell of cells) {
    rows[Math.floor(cell / size)]!++;
    columns[cell % size]!++;
    observed += distance[cell]!;
  }
  let expected = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      expected += (distance[row * size + column]! * rows[row]! * columns[column]!) / cells.length;
    }
  }
  return expected === 0 ? Number.NaN : 1 - observed / expected;
}
