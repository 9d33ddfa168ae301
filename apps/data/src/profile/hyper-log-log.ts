import type { RowHash } from '../duplicates/index.ts';

const indexBits = 14;
const registers = 1 << indexBits;

/** About how many different hashes were added, to 0.8%, in 16 kB (Flajolet et al. 2007, with linear counting below). */
export class HyperLogLog {
  readonly #ranks = new Uint8Array(registers);

  add({ high, low }: RowHash): void {
    const register = low >>> (32 - indexBits);
    const rank = high === 0 ? 33 : Math.clz32(high) + 1;
    if (rank > this.#ranks[register]!) this.#ranks[register] = rank;
  }

  estimate(): number {
    let sum = 0;
    let zeros = 0;
    for (const rank of this.#ranks) {
      sum += 2 ** -rank;
      if (rank === 0) zeros++;
    }
    const raw = ((0.7213 / (1 + 1.079 / registers)) * registers * registers) / sum;
    const estimate = raw <= 2.5 * registers && zeros > 0 ? registers * Math.log(registers / zeros) : raw;
    return Math.round(estimate);
  }
}
