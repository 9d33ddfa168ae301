import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const dimensions = 384;
export const k = 10;

/** Share of the vectors that pass: the number in `modulo` of the metadata says which. */
export const filters = [
  { name: 'none', share: 1 },
  { name: 'half', share: 0.5, modulo: 2, value: 1 },
  { name: 'five', share: 0.05, modulo: 20, value: 3 },
  { name: 'one', share: 0.01, modulo: 100, value: 3 },
  { name: 'half a percent', share: 0.005, modulo: 200, value: 3 },
  { name: 'one in 2000', share: 0.0005, modulo: 2000, value: 3 },
];

/** What `peer-vectors.py data` wrote. */
export function readData(folder) {
  const read = (name) => {
    const bytes = readFileSync(join(folder, name));
    return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  };
  return { stored: read('stored.f32'), queries: read('queries.f32') };
}

/** The same kind of data where there is no Python: other numbers, equal for a seed. */
export function makeData(count, queryCount = 200) {
  const random = normal(7);
  const centres = Float32Array.from({ length: 200 * dimensions }, random.gauss);
  const near = (length) => {
    const vectors = new Float32Array(length * dimensions);
    for (let at = 0; at < length; at += 1) {
      const centre = Math.floor(random.uniform() * 200);
      let sum = 0;
      for (let i = 0; i < dimensions; i += 1) {
        const value = centres[centre * dimensions + i] + 0.9 * random.gauss();
        vectors[at * dimensions + i] = value;
        sum += value * value;
      }
      for (let i = 0; i < dimensions; i += 1) vectors[at * dimensions + i] /= Math.sqrt(sum);
    }
    return vectors;
  };
  return { stored: near(count), queries: near(queryCount) };
}

/** The places of the k nearest among those that pass, best first. */
export function exactNearest(stored, query, { modulo, value }) {
  const best = [];
  for (let at = modulo ? value : 0; at * dimensions < stored.length; at += modulo ?? 1) {
    let score = 0;
    for (let i = 0; i < dimensions; i += 1) score += stored[at * dimensions + i] * query[i];
    if (best.length === k && score <= best[k - 1].score) continue;
    best.push({ at, score });
    best.sort((one, other) => other.score - one.score);
    best.length = Math.min(k, best.length);
  }
  return best.map(({ at }) => at);
}

function normal(seed) {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const gauss = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, gauss };
}
