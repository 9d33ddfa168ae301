import { seededRandom } from '@llmops/stats';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadVocabularies } from '../checks/text-measures.ts';
import { hashText } from '../duplicates/index.ts';
import { FrequentValues } from './frequent-values.ts';
import { HyperLogLog } from './hyper-log-log.ts';
import { TableProfiler } from './table-profiler.ts';

beforeAll(loadVocabularies);

function profile(rows: readonly Record<string, unknown>[]) {
  const profiler = new TableProfiler();
  for (const row of rows) profiler.add(row);
  return profiler.profile();
}

describe('the profile of a table', () => {
  it('has types, nulls and distinct values, with rows that lack a column', () => {
    const { rowCount, columns } = profile([{ a: 1, b: 'x' }, { a: 1.5, b: null }, { a: 1 }, { a: 1, b: 'x', c: [] }]);
    expect(rowCount).toBe(4);
    expect(columns).toMatchObject([
      { name: 'a', type: 'integer|number', nullCount: 0, distinctCount: 2 },
      { name: 'b', type: 'string', nullCount: 2, distinctCount: 1, topValues: [{ value: 'x', count: 2 }] },
      { name: 'c', type: 'array', nullCount: 3, distinctCount: 1 },
    ]);
  });

  it('has the figures of numbers', () => {
    const [column] = profile(Array.from({ length: 101 }, (_, n) => ({ n }))).columns;
    expect(column).toMatchObject({ min: 0, max: 100, mean: 50, quantiles: [5, 25, 50, 75, 95] });
    expect(column!.standardDeviation).toBeCloseTo(29.3002, 4);
    expect(column!.histogram).toHaveLength(20);
    expect(column!.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(101);
    expect(column!.histogram[0]).toEqual({ from: 0, to: 5, count: 5 });
  });

  it('has lengths, tokens and languages of texts, of conversations too', () => {
    const english = 'The weather was so fine today that we walked along the river for hours.';
    const rows = [{ t: english, m: [{ role: 'user', content: english }] }, { t: 'Hi' }];
    const [texts, messages] = profile(rows).columns;
    expect(texts).toMatchObject({ maxLength: english.length, languages: [{ value: 'en', count: 1 }] });
    expect(texts!.meanLength).toBe((english.length + 2) / 2);
    expect(texts!.maxTokens).toBe(15);
    expect(messages).toMatchObject({ type: 'array', maxLength: english.length + 5 });
  });

  it('stays near the truth beyond what it counts exactly', () => {
    const random = seededRandom(3);
    const rows = Array.from({ length: 40_000 }, (_, n) => ({ id: `row ${n}`, x: random() }));
    const [ids, numbers] = profile(rows).columns;
    expect(Math.abs(ids!.distinctCount / 40_000 - 1)).toBeLessThan(0.03);
    expect(ids!.topValues).toEqual([]);
    expect(numbers!.quantiles[2]).toBeCloseTo(0.5, 1);
    expect(numbers!.histogram.reduce((sum, { count }) => sum + count, 0) / 40_000).toBeCloseTo(1, 3);
  });

  it('leaves out columns beyond the most it looks at, and says so', () => {
    const row = Object.fromEntries(Array.from({ length: 203 }, (_, n) => [`c${n}`, n]));
    expect(profile([row])).toMatchObject({ columnsLeftOut: 3 });
  });
});

describe('sketches', () => {
  it.each([100, 5_000, 200_000])('HyperLogLog counts %d within 3%%', (count) => {
    const sketch = new HyperLogLog();
    for (let n = 0; n < count; n++) sketch.add(hashText(`value ${n}`));
    expect(Math.abs(sketch.estimate() / count - 1)).toBeLessThan(0.03);
  });

  it('frequent values are found among very many rare ones', () => {
    const values = new FrequentValues(100);
    for (let n = 0; n < 20_000; n++) {
      values.add(`rare ${n}`);
      if (n % 4 === 0) values.add('often');
    }
    const [top] = values.top(3);
    expect(top!.value).toBe('often');
    expect(top!.count).toBeGreaterThan(5_000 - 25_000 / 100);
    expect(top!.count).toBeLessThanOrEqual(5_000);
  });
});
