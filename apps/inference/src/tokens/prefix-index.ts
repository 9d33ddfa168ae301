/** Which of many strings a text has at a place: they are kept in order, and each further character narrows the range. */
export class PrefixIndex {
  private readonly sorted: readonly string[];
  private readonly values: Int32Array;

  constructor(entries: ReadonlyMap<string, number>) {
    // By code units, which is how they are compared below.
    this.sorted = [...entries.keys()].sort();
    this.values = Int32Array.from(this.sorted, (key) => entries.get(key)!);
  }

  /** Calls `found` with the value of every string that the text has at `start`, and where it ends; shorter ones first. */
  at(text: string, start: number, found: (value: number, end: number) => void): void {
    let from = 0;
    let to = this.sorted.length;
    for (let at = start; at < text.length && from < to; at++) {
      const code = text.charCodeAt(at);
      from = this.firstFrom(code, at - start, from, to);
      to = this.firstFrom(code + 1, at - start, from, to);
      if (from < to && this.sorted[from]!.length === at - start + 1) found(this.values[from]!, at + 1);
    }
  }

  /** The first of a range whose character at `depth` is `code` or more. One that ends before has none, and comes first. */
  private firstFrom(code: number, depth: number, from: number, to: number): number {
    let [low, high] = [from, to];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const key = this.sorted[middle]!;
      if (key.length > depth && key.charCodeAt(depth) >= code) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
