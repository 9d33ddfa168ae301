import { TableSample } from './column-sample.ts';
import { type ColumnComparison, compareColumn } from './compare-column.ts';

export interface DriftItem {
  readonly side: 'reference' | 'current';
  readonly value: Readonly<Record<string, unknown>>;
}

export interface TableComparison {
  readonly columns: readonly ColumnComparison[];
  /** Texts of the text columns, for embedding. */
  readonly texts: Readonly<
    Record<string, { readonly reference: readonly string[]; readonly current: readonly string[] }>
  >;
}

/** Compares two tables whose rows come in any order. */
export function compareTables(columns: readonly string[]) {
  const samples = { reference: new TableSample(columns), current: new TableSample(columns) };
  return {
    take: ({ side, value }: DriftItem): void => samples[side].add(value),
    end(): TableComparison {
      const { reference, current } = samples;
      const compared = [...reference.columns].flatMap(([name, sample]) => {
        const other = current.columns.get(name);
        return compareColumn(name, sample.values, other?.values ?? nulls(current.rows)) ?? [];
      });
      const texts = compared
        .filter(({ kind }) => kind === 'text')
        .map(({ column }) => {
          const [before, after] = [reference.columns.get(column), current.columns.get(column)];
          return [column, { reference: before?.texts ?? [], current: after?.texts ?? [] }] as const;
        });
      return { columns: compared, texts: Object.fromEntries(texts) };
    },
  };
}

/** A column that went away. */
const nulls = (rows: number): null[] => new Array<null>(Math.min(rows, 10_000)).fill(null);
