import { FirstSeen } from './first-seen.ts';
import { type Banding, bandingFor, minHash, signatureSize } from './min-hash.ts';
import type { RowHash } from './row-hash.ts';
import { mix } from './shingles.ts';

export interface NearRow {
  readonly index: number;
  /** Estimated Jaccard similarity. */
  readonly similarity: number;
}

/**
 * Finds rows near one that came before: MinHash with locality-sensitive hashing. Keeps 128 bytes of signature a row and
 * the bands' tables (20 to 40 bytes a band), never a text. In each band a row is compared with the newest of the same
 * hash in each group, so that time stays linear however many copies there are.
 */
export class NearIndex {
  readonly #banding: Banding;
  readonly #tables: FirstSeen[];
  #signatures = new Uint8Array(signatureSize << 10);

  readonly #threshold: number;

  constructor(threshold: number) {
    this.#threshold = threshold;
    this.#banding = bandingFor(threshold);
    this.#tables = Array.from({ length: this.#banding.bands }, () => new FirstSeen());
  }

  /**
   * Adds the row and gives the nearest of the rows before it in `groups` that is near enough. Rows without shingles are
   * near nothing. `index` counts up, without gaps or with.
   */
  add(index: number, shingles: Uint32Array, group = 0, groups: readonly number[] = [0]): NearRow | undefined {
    if (shingles.length === 0) return undefined;
    const least = minHash(shingles);
    this.#store(index, least);
    let nearest: NearRow | undefined;
    for (const [band, table] of this.#tables.entries()) {
      for (const other of groups) {
        const hash = this.#bandHash(least, band, other);
        const before = other === group ? table.replace(hash, index) : table.get(hash);
        if (before < 0 || before === nearest?.index) continue;
        const similarity = this.#similarity(index, before);
        if (similarity >= this.#threshold && similarity > (nearest?.similarity ?? 0)) {
          nearest = { index: before, similarity };
        }
      }
      if (!groups.includes(group)) table.replace(this.#bandHash(least, band, group), index);
    }
    return nearest;
  }

  #bandHash(least: Uint32Array, band: number, group: number): RowHash {
    const { rows } = this.#banding;
    let [high, low] = [mix(group + 1), mix(band + 1)];
    for (let at = band * rows; at < (band + 1) * rows; at++) {
      high = mix(Math.imul(high, 31) + least[at]!);
      low = mix((low ^ least[at]!) + 0x9e3779b9);
    }
    return { high, low };
  }

  /** One byte of each least hash is enough: 1 of 256 agrees by chance, which the estimate takes off. */
  #store(index: number, least: Uint32Array): void {
    const from = index * signatureSize;
    if (from + signatureSize > this.#signatures.length) {
      const grown = new Uint8Array(Math.max(this.#signatures.length * 2, from + signatureSize));
      grown.set(this.#signatures);
      this.#signatures = grown;
    }
    for (let at = 0; at < signatureSize; at++) this.#signatures[from + at] = mix(least[at]!);
  }

  #similarity(a: number, b: number): number {
    const [fromA, fromB] = [a * signatureSize, b * signatureSize];
    let equal = 0;
    for (let at = 0; at < signatureSize; at++) {
      if (this.#signatures[fromA + at] === this.#signatures[fromB + at]) equal++;
    }
    const chance = 1 / 256;
    return Math.max(0, (equal / signatureSize - chance) / (1 - chance));
  }
}
