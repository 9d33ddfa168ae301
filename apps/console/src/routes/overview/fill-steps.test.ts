import { expect, test } from 'vitest';
import { fillSteps } from './fill-steps.ts';
import { boundsOf, isRange } from './ranges.ts';

const at = (seconds: number) => ({
  time: { $typeName: 'google.protobuf.Timestamp' as const, seconds: BigInt(seconds), nanos: 0 },
});

test('steps without a point are there and empty', () => {
  const filled = fillSteps([at(1060), at(1195)], { start: 1000, end: 1240, stepS: 60 });
  expect(filled.times).toEqual([1000, 1060, 1120, 1180]);
  expect(filled.points.map((point) => point && Number(point.time.seconds))).toEqual([undefined, 1060, undefined, 1195]);
});

test('points outside of the bounds are left out', () => {
  expect(fillSteps([at(0), at(5000)], { start: 1000, end: 1120, stepS: 60 }).points).toEqual([undefined, undefined]);
});

test('bounds lie on whole steps and span the range', () => {
  const { start, end, stepS } = boundsOf('1h', 1_764_000_001_000);
  expect(end - start).toBe(3600);
  expect(start % stepS).toBe(0);
  expect(end).toBeGreaterThanOrEqual(1_764_000_001);
});

test('a range is one of four, not any property name', () => {
  expect(isRange('24h')).toBe(true);
  expect(isRange('toString')).toBe(false);
});
