import { expect, test } from 'vitest';
import { barsOf, formatFigure, shareOf } from './figures.ts';

test('figures have four digits at most, and powers of ten only at the ends', () => {
  expect([3, 12345, 2.34567, 0.00012345, 1234.567, 1e12, 1e-6, 0, Number.NaN].map(formatFigure)).toEqual([
    '3',
    '12,345',
    '2.346',
    '0.000123',
    '1,235',
    '1.00e+12',
    '1.00e-6',
    '0',
    'NaN',
  ]);
});

test('bars stand side by side over the whole width, the commonest as high as the box', () => {
  expect(
    barsOf([
      { from: 0, to: 10, count: 5n },
      { from: 10, to: 40, count: 0n },
      { from: 40, to: 100, count: 1000n },
    ]),
  ).toEqual([
    { x: 0, width: 10, height: 2 },
    { x: 10, width: 30, height: 0 },
    { x: 40, width: 60, height: 100 },
  ]);
  expect(barsOf([{ from: 3, to: 3, count: 2n }])).toEqual([{ x: 0, width: 100, height: 100 }]);
  expect(barsOf([])).toEqual([]);
  expect([shareOf(1n, 0n), shareOf(1, 4), shareOf(5n, 4n)]).toEqual([0, 0.25, 1]);
});
