import type { BootstrapOptions } from '../confidence/bootstrap-interval.ts';
import type { StatisticInterval } from '../confidence/bootstrap-statistic.ts';
import { StatsError } from '../stats-error.ts';

/** Agreement beyond chance: 1 is perfect, 0 what chance gives, below 0 is less than chance. */
export interface Agreement extends StatisticInterval {
  /** Items that counted. */
  readonly items: number;
}

/** 1,000 resamples when left out. */
export type AgreementOptions = BootstrapOptions;

export const agreementBounds = [-1, 1] as const;

/** @throws {StatsError} `stats.no_variation` */
export function checkAgreement(value: number): number {
  if (Number.isFinite(value)) return value;
  throw new StatsError('stats.no_variation', 'all labels are the same: agreement beyond chance is not defined');
}

/** @throws {StatsError} `stats.too_few_values` */
export function checkItems(items: number): void {
  if (items < 2) throw new StatsError('stats.too_few_values', `${items} items with two labels or more`);
}
