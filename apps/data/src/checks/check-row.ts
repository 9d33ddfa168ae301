/** A row as checks see it. */
export interface CheckRow {
  readonly id: string;
  /** From 0, in the version's order. */
  readonly index: number;
  readonly value: Readonly<Record<string, unknown>>;
  /** Empty when the version has no splits. */
  readonly split: string;
}
