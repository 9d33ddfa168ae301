import type { RowHash } from './row-hash.ts';

/**
 * Which row had a hash first: an open-addressed table in typed arrays, 18 to 36 bytes a different hash, where a Map of
 * texts takes 100 and more.
 */
export class FirstSeen {
  #slots = 1 << 10;
  #used = 0;
  #high = new Uint32Array(this.#slots);
  #low = new Uint32Array(this.#slots);
  /** Row index + 1; 0 is an empty slot. */
  #row = new Uint32Array(this.#slots);

  get size(): number {
    return this.#used;
  }

  /** The row that had the hash before, or -1, and from now on it is `index`'s. */
  add(hash: RowHash, index: number): number {
    if (this.#used * 3 > this.#slots * 2) this.#grow();
    const slot = this.#find(hash.high, hash.low);
    if (this.#row[slot] !== 0) return this.#row[slot]! - 1;
    this.#put(slot, hash.high, hash.low, index + 1);
    this.#used++;
    return -1;
  }

  /** As `add`, but the hash is the newest row's. */
  replace(hash: RowHash, index: number): number {
    const before = this.add(hash, index);
    if (before >= 0) this.#row[this.#find(hash.high, hash.low)] = index + 1;
    return before;
  }

  get(hash: RowHash): number {
    return this.#row[this.#find(hash.high, hash.low)]! - 1;
  }

  #find(high: number, low: number): number {
    const mask = this.#slots - 1;
    let slot = (low ^ Math.imul(high, 0x9e3779b1)) & mask;
    while (this.#row[slot] !== 0 && (this.#high[slot] !== high || this.#low[slot] !== low)) slot = (slot + 1) & mask;
    return slot;
  }

  #put(slot: number, high: number, low: number, row: number): void {
    this.#high[slot] = high;
    this.#low[slot] = low;
    this.#row[slot] = row;
  }

  #grow(): void {
    const [high, low, row] = [this.#high, this.#low, this.#row];
    this.#slots *= 2;
    this.#high = new Uint32Array(this.#slots);
    this.#low = new Uint32Array(this.#slots);
    this.#row = new Uint32Array(this.#slots);
    for (const [slot, value] of row.entries()) {
      if (value !== 0) this.#put(this.#find(high[slot]!, low[slot]!), high[slot]!, low[slot]!, value);
    }
  }
}
