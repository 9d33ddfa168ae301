import {
  chiSquaredHomogeneity,
  countInBins,
  kolmogorovSmirnov,
  populationStability,
  quantileEdges,
  type StatisticInterval,
} from '@llmops/stats';
import type { SampledValue } from './column-sample.ts';

export interface DriftFigure {
  readonly name: 'psi' | 'ks' | 'chi_squared' | 'mmd';
  /** Of `chi_squared` Cramér's V, of `mmd` MMD². */
  readonly value: number;
  readonly pValue?: number;
  readonly low: number;
  readonly high: number;
}

export interface ColumnComparison {
  readonly column: string;
  readonly kind: 'number' | 'category' | 'text';
  readonly figures: readonly DriftFigure[];
}

const mostCategories = 50;

/** How far a column's values lie apart. Undefined where one side has no value. */
export function compareColumn(
  column: string,
  reference: readonly SampledValue[],
  current: readonly SampledValue[],
): ColumnComparison | undefined {
  if (reference.length === 0 || current.length === 0) return undefined;
  const kind = kindOf([...reference, ...current]);
  if (kind === undefined) return undefined;
  if (kind === 'category') return { column, kind, figures: compareCategories(reference, current) };
  const numberOf = (value: SampledValue) =>
    typeof value === 'number' ? value : typeof value === 'object' && value !== null ? value.length : undefined;
  return { column, kind, figures: compareNumbers(reference.map(numberOf), current.map(numberOf)) };
}

function kindOf(values: readonly SampledValue[]): ColumnComparison['kind'] | undefined {
  const present = values.filter((value) => value !== null);
  if (present.length === 0) return undefined;
  const numbers = present.filter((value) => typeof value === 'number').length;
  if (numbers / present.length >= 0.9) return 'number';
  const categories = new Set(present.map(categoryOf));
  const short = !categories.has(undefined);
  // Texts that hardly repeat are no categories, however few there are.
  return short && categories.size <= Math.max(2, Math.min(mostCategories * 4, present.length / 4))
    ? 'category'
    : 'text';
}

function categoryOf(value: SampledValue): string | undefined {
  return typeof value === 'object' ? value?.category : String(value);
}

/** Nulls are a bin of their own; the Kolmogorov-Smirnov test looks at the values there are. */
function compareNumbers(
  reference: readonly (number | undefined)[],
  current: readonly (number | undefined)[],
): DriftFigure[] {
  const [before, after] = [reference.filter(isNumber), current.filter(isNumber)];
  const edges = before.length > 0 ? quantileEdges(before) : [0];
  const counts = (all: readonly unknown[], values: readonly number[]) => [
    ...countInBins(values, edges),
    all.length - values.length,
  ];
  const psi = populationStability(counts(reference, before), counts(current, after));
  const figures = [figure('psi', psi)];
  if (before.length > 0 && after.length > 0) {
    const ks = kolmogorovSmirnov(before, after);
    figures.push(figure('ks', ks, ks.pValue));
  }
  return figures;
}

function compareCategories(reference: readonly SampledValue[], current: readonly SampledValue[]): DriftFigure[] {
  const [before, after] = [tally(reference), tally(current)];
  const names = [...new Set([...before.keys(), ...after.keys()])];
  const size = (name: string) => (before.get(name) ?? 0) + (after.get(name) ?? 0);
  names.sort((a, b) => size(b) - size(a));
  // The rare ones together: the test wants rows in every cell.
  const kept = names.slice(0, mostCategories).filter((name) => size(name) >= 10);
  const counts = (tallied: ReadonlyMap<string, number>) => {
    const common = kept.map((name) => tallied.get(name) ?? 0);
    const all = [...tallied.values()].reduce((sum, count) => sum + count, 0);
    return [...common, all - common.reduce((sum, count) => sum + count, 0)];
  };
  const [first, second] = [counts(before), counts(after)];
  const figures = [figure('psi', populationStability(first, second))];
  if (first.filter((count, at) => count + second[at]! > 0).length >= 2) {
    const { cramersV, pValue } = chiSquaredHomogeneity([first, second]);
    figures.push(figure('chi_squared', cramersV, pValue));
  }
  return figures;
}

function tally(values: readonly SampledValue[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) {
    const category = value === null ? '\u0000null' : (categoryOf(value) ?? '');
    counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  return counts;
}

const isNumber = (value: number | undefined): value is number => value !== undefined && Number.isFinite(value);

function figure(name: DriftFigure['name'], { estimate, low, high }: StatisticInterval, pValue?: number): DriftFigure {
  return { name, value: estimate, low, high, ...(pValue !== undefined && { pValue }) };
}
