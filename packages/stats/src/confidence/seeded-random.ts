/** The next number, evenly spread over [0, 1), in steps of 2^-32. */
export type Random = () => number;

/**
 * A repeatable generator: sfc32 (Chris Doty-Humphrey, PractRand), its state filled from `seed` (taken modulo 2^32).
 * The same seed gives the same numbers on every machine. Not for secrets.
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  // splitmix32, so that neighbouring seeds start far apart
  const fill = () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
  let [a, b, c, counter] = [fill(), fill(), fill(), 1];
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
}
