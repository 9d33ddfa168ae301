import { mix } from './shingles.ts';

/** Least hashes a signature; the error of a similarity s is √(s (1 - s) / 128), 0.035 at 0.8. */
export const signatureSize = 128;

const multipliers = Uint32Array.from({ length: signatureSize }, (_, at) => mix(at * 2 + 0x51ed270b) | 1);
const increments = Uint32Array.from({ length: signatureSize }, (_, at) => mix(at * 2 + 0x2545f491));

/** MinHash (Broder 1997): the share of equal places of two signatures estimates the Jaccard similarity of their sets. */
export function minHash(shingles: Uint32Array): Uint32Array {
  const least = new Uint32Array(signatureSize).fill(0xffffffff);
  for (const shingle of shingles) {
    for (let at = 0; at < signatureSize; at++) {
      const hash = (Math.imul(shingle, multipliers[at]!) + increments[at]!) >>> 0;
      if (hash < least[at]!) least[at] = hash;
    }
  }
  return least;
}

export interface Banding {
  readonly bands: number;
  readonly rows: number;
}

/** The widest bands that still bring 99% of the pairs of just this similarity together: fewest false candidates. */
export function bandingFor(threshold: number): Banding {
  for (let rows = 32; rows > 1; rows--) {
    const bands = Math.floor(signatureSize / rows);
    if (1 - (1 - threshold ** rows) ** bands >= 0.99) return { bands, rows };
  }
  return { bands: signatureSize, rows: 1 };
}
