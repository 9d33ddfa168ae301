import { seededRandom } from '@llmops/stats';
import { describe, expect, it } from 'vitest';
import { FirstSeen } from './first-seen.ts';
import { bandingFor } from './min-hash.ts';
import { NearIndex } from './near-index.ts';
import { hashRow, hashText } from './row-hash.ts';
import { characterShingles, shinglesOf, wordsOf } from './shingles.ts';

describe('the hash of a row', () => {
  it('is the same whatever the order of keys, blanks and Unicode form', () => {
    expect(hashRow({ a: 'caf\u00e9  au lait', b: { c: 1, d: [2] } }, [])).toEqual(
      hashRow({ b: { d: [2], c: 1 }, a: ' cafe\u0301 au lait' }, []),
    );
  });

  it('tells types, cases and columns apart', () => {
    const hashes = [{ a: 1 }, { a: '1' }, { a: [1] }, { b: 1 }, { a: 'x' }, { a: 'X' }, { a: null }];
    expect(new Set(hashes.map((row) => JSON.stringify(hashRow(row, [])))).size).toBe(hashes.length);
  });

  it('looks only at the named columns', () => {
    expect(hashRow({ a: 1, b: 2 }, ['a'])).toEqual(hashRow({ a: 1, b: 3 }, ['a']));
  });
});

describe('the table of what was seen first', () => {
  it('answers as a Map does while it grows', () => {
    const table = new FirstSeen();
    const map = new Map<string, number>();
    const random = seededRandom(1);
    for (let index = 0; index < 20_000; index++) {
      const key = `k${Math.floor(random() * 9_000)}`;
      expect(table.add(hashText(key), index)).toBe(map.get(key) ?? -1);
      if (!map.has(key)) map.set(key, index);
    }
    expect(table.size).toBe(map.size);
  });
});

describe('words', () => {
  it('are lower case, and characters where no blanks stand between', () => {
    expect(wordsOf("Don't STOP: café №5")).toEqual(['don', 't', 'stop', 'café', 'no5']);
    expect(wordsOf('今日は晴れ abc')).toEqual(['今', '日', 'は', '晴', 'れ', 'abc']);
  });

  it('make no shingles where there are none', () => {
    expect(shinglesOf('— !').length).toBe(0);
    expect(shinglesOf('one').length).toBe(1);
    expect(characterShingles('ab', 4).length).toBe(1);
  });
});

describe('near duplicates', () => {
  /** Two sets of shingles with a known Jaccard similarity. */
  const pair = (similarity: number, seed: number) => {
    const random = seededRandom(seed);
    const draw = () => Math.floor(random() * 2 ** 32);
    const size = 200;
    const shared = Math.round((2 * size * similarity) / (1 + similarity));
    const common = Array.from({ length: shared }, draw);
    const own = () => Uint32Array.from([...common, ...Array.from({ length: size - shared }, draw)]);
    return [own(), own()] as const;
  };

  const foundShare = (similarity: number) => {
    const near = new NearIndex(0.8);
    let found = 0;
    for (let n = 0; n < 200; n++) {
      const [first, second] = pair(similarity, n);
      near.add(2 * n, first);
      if (near.add(2 * n + 1, second)?.index === 2 * n) found++;
    }
    return found / 200;
  };

  it('are found above the threshold, and not below it', () => {
    expect(foundShare(0.9)).toBeGreaterThan(0.97);
    expect(foundShare(0.7)).toBeLessThan(0.05);
    expect(foundShare(0.3)).toBe(0);
  });

  it.each([0.5, 0.7, 0.8, 0.9, 0.95])('have bands that bring pairs of similarity %d together', (threshold) => {
    const { bands, rows } = bandingFor(threshold);
    expect(1 - (1 - threshold ** rows) ** bands).toBeGreaterThanOrEqual(0.99);
    expect(bands * rows).toBeLessThanOrEqual(128);
  });

  it('are looked for in other groups only, where groups are given', () => {
    const near = new NearIndex(0.8);
    const [set] = pair(1, 1);
    expect(near.add(0, set, 0, [1])).toBeUndefined();
    expect(near.add(1, set, 0, [1])).toBeUndefined();
    expect(near.add(2, set, 1, [0])).toEqual({ index: 1, similarity: 1 });
  });
});
