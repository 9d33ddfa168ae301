/** Collects the parameters of a statement that is put together from parts. */
export class SqlValues {
  readonly list: unknown[] = [];

  /** Its placeholder, `$3`. */
  add(value: unknown): string {
    this.list.push(value);
    return `$${this.list.length}`;
  }
}
