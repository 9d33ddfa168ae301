/**
 * Counts by 64-bit key in 12 bytes an entry and half as much room: what a Map takes 100 bytes for. Keys that are hashes
 * of content collide once in 10^19 / n^2.
 */
export class HashCounts {
  #keys: BigUint64Array;
  #counts: Uint32Array;
  #mask: bigint;
  #size = 0;

  constructor(capacity = 1 << 10) {
    this.#keys = new BigUint64Array(capacity);
    this.#counts = new Uint32Array(capacity);
    this.#mask = BigInt(capacity - 1);
  }

  get size(): number {
    return this.#size;
  }

  get(key: bigint): number {
    return this.#counts[this.#slot(key)]!;
  }

  set(key: bigint, count: number): void {
    const slot = this.#slot(key);
    if (this.#counts[slot] === 0 && count > 0) this.#size += 1;
    this.#keys[slot] = key;
    this.#counts[slot] = count;
    if (this.#size * 3 > this.#keys.length * 2) this.#grow();
  }

  /** Adds one and returns how many there are now. */
  add(key: bigint): number {
    const count = this.get(key) + 1;
    this.set(key, count);
    return count;
  }

  #slot(key: bigint): number {
    let slot = Number(key & this.#mask);
    while (this.#counts[slot] !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & (this.#keys.length - 1);
    return slot;
  }

  #grow(): void {
    const [keys, counts] = [this.#keys, this.#counts];
    this.#keys = new BigUint64Array(keys.length * 2);
    this.#counts = new Uint32Array(keys.length * 2);
    this.#mask = BigInt(this.#keys.length - 1);
    for (let i = 0; i < keys.length; i += 1) {
      if (counts[i] === 0) continue;
      const slot = this.#slot(keys[i]!);
      this.#keys[slot] = keys[i]!;
      this.#counts[slot] = counts[i]!;
    }
  }
}
