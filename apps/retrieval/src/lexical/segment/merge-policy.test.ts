import { describe, expect, it } from 'vitest';
import { chooseMerge, type SegmentSummary } from './merge-policy.ts';

const segment = (id: string, sizeBytes: number, documents = 100, deletedDocuments = 0): SegmentSummary => ({
  id,
  sizeBytes,
  documents,
  deletedDocuments,
});

describe('the choice of a merge', () => {
  it('is none while each size has few segments, and all of the smallest once there are eight', () => {
    const small = Array.from({ length: 8 }, (_, each) => segment(`s${each}`, 1000 + each));
    expect(chooseMerge([])).toBeUndefined();
    expect(chooseMerge(small.slice(1))).toBeUndefined();
    expect(chooseMerge([...small, segment('large', 2 ** 24)])).toEqual(small.map(({ id }) => id));
  });

  it('leaves what is large already alone, unless much of it is dead', () => {
    const large = Array.from({ length: 20 }, (_, each) => segment(`l${each}`, 2 ** 28));
    expect(chooseMerge(large)).toBeUndefined();
    expect(chooseMerge([...large, segment('dying', 2 ** 28, 100, 40)])).toEqual(['dying']);
    expect(chooseMerge([segment('dead', 100, 10, 10)])).toEqual(['dead']);
  });

  it('keeps an index that grows by small batches to few segments, each document rewritten a few times', () => {
    let segments: SegmentSummary[] = [];
    let written = 0;
    for (let batch = 0; batch < 3000; batch += 1) {
      segments.push(segment(`b${batch}`, 60_000));
      for (let chosen = chooseMerge(segments); chosen; chosen = chooseMerge(segments)) {
        const merged = segments.filter(({ id }) => chosen!.includes(id));
        segments = segments.filter(({ id }) => !chosen!.includes(id));
        const sizeBytes = merged.reduce((sum, each) => sum + each.sizeBytes, 0);
        written += sizeBytes;
        segments.push(segment(`m${batch}-${merged.length}`, sizeBytes, merged.length * 100));
      }
    }
    expect(segments.length).toBeLessThan(40);
    expect(written / (3000 * 60_000)).toBeLessThan(6);
  });
});
