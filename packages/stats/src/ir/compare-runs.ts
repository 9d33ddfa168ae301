import { type BootstrapOptions, bootstrapInterval } from '../confidence/bootstrap-interval.ts';
import type { Interval } from '../confidence/interval.ts';
import { type RandomizationOptions, randomizationTest } from '../confidence/randomization-test.ts';
import { StatsError } from '../stats-error.ts';
import type { RunEvaluation } from './evaluate-run.ts';

export interface CompareOptions extends BootstrapOptions, RandomizationOptions {
  /** Compare over every judged query, a missing one at 0; left out, over the queries that both runs answered. */
  readonly complete?: boolean;
}

export interface RunComparison {
  readonly queryCount: number;
  /** Mean of candidate minus baseline per query, with its paired BCa bootstrap interval. */
  readonly difference: Interval;
  /** Of the paired randomisation test, two-sided. */
  readonly pValue: number;
  /** Queries at which the candidate is better, equal, worse. */
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
}

/**
 * Whether `candidate` differs from `baseline` in a measure that both were evaluated with, on the same judgements.
 *
 * @throws {StatsError} `stats.unknown_measure`, `stats.too_few_values` below two queries in common
 */
export function compareRuns(
  baseline: RunEvaluation,
  candidate: RunEvaluation,
  measure: string,
  options: CompareOptions = {},
): RunComparison {
  const judged = new Set([...baseline.queries.keys(), ...baseline.missingQueryIds]);
  const answeredByBoth = (id: string) => baseline.queries.has(id) && candidate.queries.has(id);
  const queryIds = [...judged].filter((id) => options.complete || answeredByBoth(id)).sort();
  const measured = ({ queries }: RunEvaluation, id: string) => {
    const query = queries.get(id);
    if (!query) return 0;
    if (query[measure] === undefined) throw new StatsError('stats.unknown_measure', `${measure} was not evaluated`);
    return query[measure];
  };
  const differences = queryIds.map((id) => measured(candidate, id) - measured(baseline, id));
  const count = (sign: number) => differences.filter((difference) => Math.sign(difference) === sign).length;
  return {
    queryCount: queryIds.length,
    difference: bootstrapInterval(differences, options),
    pValue: randomizationTest(differences, options),
    wins: count(1),
    ties: count(0),
    losses: count(-1),
  };
}
