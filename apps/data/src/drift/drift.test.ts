import { seededRandom } from '@llmops/stats';
import { describe, expect, it } from 'vitest';
import { TableSample } from './column-sample.ts';
import { compareColumn } from './compare-column.ts';
import { judgeDrift } from './judge-drift.ts';

type Make = (random: () => number, row: number) => Record<string, unknown>;

function drift(before: Make, after: Make, rows = 1_500) {
  const sample = (make: Make, seed: number) => {
    const table = new TableSample([]);
    const random = seededRandom(seed);
    for (let row = 0; row < rows; row++) table.add(make(random, row));
    return table;
  };
  const [reference, current] = [sample(before, 1), sample(after, 2)];
  const comparisons = [...reference.columns].flatMap(([name, column]) => {
    const compared = compareColumn(name, column.values, current.columns.get(name)?.values ?? []);
    return compared ? [compared] : [];
  });
  return judgeDrift(comparisons);
}

const bell = (random: () => number) => random() + random() + random() + random();
const pick = (random: () => number, ...values: string[]) => values[Math.floor(random() * values.length)]!;

describe('drift', () => {
  it('is not seen between samples of one distribution', () => {
    const make: Make = (random) => ({
      number: bell(random),
      category: pick(random, 'a', 'b', 'b', 'c'),
      text: 'word '.repeat(1 + random() * 200),
      flag: random() < 0.3,
    });
    const verdicts = drift(make, make);
    expect(verdicts.map(({ column, kind, drifted }) => [column, kind, drifted])).toEqual([
      ['number', 'number', false],
      ['category', 'category', false],
      ['text', 'text', false],
      ['flag', 'category', false],
    ]);
    for (const { figures } of verdicts) for (const { low } of figures) expect(low).toBeLessThan(0.05);
  });

  it('is seen in numbers, categories, and lengths of texts, with intervals above 0', () => {
    const verdicts = drift(
      (random) => ({ n: bell(random), c: pick(random, 'a', 'b'), t: 'x'.repeat(101 + random() * 100) + random() }),
      (random) => ({
        n: bell(random) + 0.6,
        c: pick(random, 'a', 'b', 'c'),
        t: 'x'.repeat(101 + random() * 300) + random(),
      }),
    );
    expect(verdicts.map(({ drifted }) => drifted)).toEqual([true, true, true]);
    expect(verdicts.map(({ figures }) => figures.map(({ name }) => name))).toEqual([
      ['psi', 'ks'],
      ['psi', 'chi_squared'],
      ['psi', 'ks'],
    ]);
    for (const { figures } of verdicts) for (const { low, value } of figures) expect(low > 0 && low < value).toBe(true);
    expect(verdicts[0]!.message).toMatch(/^The values of n changed: PSI/);
  });

  it('is seen where values go missing', () => {
    const [verdict] = drift(
      (random) => ({ n: bell(random) }),
      (random) => ({ n: random() < 0.4 ? null : bell(random) }),
    );
    expect(verdict).toMatchObject({ drifted: true });
  });

  it('is not seen in a difference that is sure and small', () => {
    const [verdict] = drift(
      (random) => ({ n: bell(random) }),
      (random) => ({ n: bell(random) + 0.03 }),
      10_000,
    );
    expect(verdict!.drifted).toBe(false);
  });

  it('is rarely seen by chance in many columns', () => {
    const make: Make = (random) => Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`c${n}`, random()]));
    expect(drift(make, make, 300).filter(({ drifted }) => drifted)).toEqual([]);
  });
});
