import { ColumnProfiler } from './column-profiler.ts';
import type { TableProfile } from './profile.ts';

const mostColumns = 200;

/** Figures of every column of a table, whose rows are added one by one. */
export class TableProfiler {
  readonly #columns = new Map<string, ColumnProfiler>();
  readonly #leftOut = new Set<string>();
  #rows = 0;

  add(row: Readonly<Record<string, unknown>>): void {
    this.#rows++;
    for (const [name, value] of Object.entries(row)) this.#column(name)?.add(value);
  }

  profile(): TableProfile {
    const columns = [...this.#columns.values()].map((column) => column.figures(this.#rows));
    return { rowCount: this.#rows, columns, columnsLeftOut: this.#leftOut.size };
  }

  #column(name: string): ColumnProfiler | undefined {
    const known = this.#columns.get(name);
    if (known) return known;
    if (this.#columns.size >= mostColumns) {
      if (this.#leftOut.size < 10_000) this.#leftOut.add(name);
      return undefined;
    }
    const column = new ColumnProfiler(name);
    this.#columns.set(name, column);
    return column;
  }
}
