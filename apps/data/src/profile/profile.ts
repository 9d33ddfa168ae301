/** A version's columns in figures; the names are those of the contract's message. */
export interface TableProfile {
  readonly rowCount: number;
  readonly columns: readonly ColumnFigures[];
  /** Columns beyond the most that are looked at. */
  readonly columnsLeftOut: number;
}

export interface ColumnFigures {
  readonly name: string;
  /** `string`, `integer`, `number`, `boolean`, `object`, `array`, `null`, or several with `|` */
  readonly type: string;
  /** Rows without it count. */
  readonly nullCount: number;
  /** Approximate above 10,000. */
  readonly distinctCount: number;
  readonly min?: number;
  readonly max?: number;
  readonly mean?: number;
  readonly standardDeviation?: number;
  readonly quantiles: readonly number[];
  /** Of numbers, or of the lengths of texts. */
  readonly histogram: readonly Bin[];
  readonly topValues: readonly ValueCount[];
  readonly meanLength?: number;
  readonly maxLength?: number;
  readonly meanTokens?: number;
  readonly maxTokens?: number;
  readonly languages: readonly ValueCount[];
}

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

export interface ValueCount {
  readonly value: string;
  readonly count: number;
}
