import type { ColumnComparison, DriftFigure } from './compare-column.ts';

export interface DriftVerdict extends ColumnComparison {
  readonly drifted: boolean;
  /** In a sentence. */
  readonly message: string;
}

const level = 0.01;
/** Least effects that matter, of PSI, the Kolmogorov-Smirnov distance and Cramér's V. */
const matters = { psi: 0.2, ks: 0.1, chi_squared: 0.1 } as const;

/**
 * Whether each column drifted: an effect that matters and that chance hardly makes. With many columns one test of them is
 * sure to fail by chance, so p-values are held against Holm's levels over all tests. PSI has no p: its interval has to lie
 * above 0.1, the customary bound of "no change".
 */
export function judgeDrift(comparisons: readonly ColumnComparison[]): DriftVerdict[] {
  const tests = comparisons
    .flatMap(({ figures }) => figures)
    .filter(({ name, pValue }) => pValue !== undefined && name !== 'mmd')
    .sort((a, b) => a.pValue! - b.pValue!);
  const refused = tests.findIndex(({ pValue }, rank) => pValue! > level / (tests.length - rank));
  const significant = new Set(refused < 0 ? tests : tests.slice(0, refused));
  return comparisons.map((comparison) => {
    const why = comparison.figures.filter((figure) => speaksForDrift(figure, significant.has(figure)));
    return { ...comparison, drifted: why.length > 0, message: messageOf(comparison, why) };
  });
}

function speaksForDrift({ name, value, pValue, low }: DriftFigure, significant: boolean): boolean {
  // A permutation test of 500 has no p below 0.002: Holm's levels would be out of its reach.
  if (name === 'mmd') return (pValue ?? 1) <= level && low > 0;
  if (name === 'psi') return value >= matters.psi && low >= matters.psi / 2;
  return significant && value >= matters[name];
}

const measured: Readonly<Record<ColumnComparison['kind'], string>> = {
  number: 'values',
  category: 'shares of the categories',
  text: 'lengths',
};

function messageOf({ column, kind, figures }: ColumnComparison, why: readonly DriftFigure[]): string {
  const told = why.length > 0 ? why : figures;
  const numbers = told.map(({ name, value }) => `${names[name]} ${value.toFixed(3)}`).join(', ');
  const meaning = why.some(({ name }) => name === 'mmd');
  const what = meaning && why.length === 1 ? 'meanings' : measured[kind];
  return why.length > 0 ? `The ${what} of ${column} changed: ${numbers}` : `No marked change of ${column}: ${numbers}`;
}

const names: Readonly<Record<DriftFigure['name'], string>> = {
  psi: 'PSI',
  ks: 'KS',
  chi_squared: "Cramér's V",
  mmd: 'MMD²',
};
