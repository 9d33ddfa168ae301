import { expect, test } from 'vitest';
import { planSteps } from './plan-steps.ts';

const now = Date.parse('2026-11-24T20:00:30Z');
const refusals = {
  windowInvalid: () => new Error('window'),
  tooManySteps: (count: number, max: number) => new Error(`${count} of ${max}`),
};
const plan = (startMs: number | undefined, endMs: number | undefined, stepS: number) =>
  planSteps({ startTime: dateOf(startMs), endTime: dateOf(endMs), stepS }, refusals, now);
const dateOf = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms));

test('the last hour in steps of a minute when nothing is said', () => {
  expect(plan(undefined, undefined, 0)).toEqual({
    stepS: 60,
    startMs: Date.parse('2026-11-24T19:00:00Z'),
    count: 61,
    widthS: 60,
  });
});

test('steps lie on multiples of themselves and cover the whole range', () => {
  const steps = plan(now, now + 86_400_000, 3_600);
  expect(steps.startMs).toBe(Date.parse('2026-11-24T20:00:00Z'));
  expect(steps).toMatchObject({ count: 25, widthS: 3_600 });
  expect(plan(now, now + 600_000, 61).stepS).toBe(120);
});

test('a range that ends before it starts, or has too many steps, is refused', () => {
  const refuse = (end: number, step: number) => () => plan(now, end, step);
  expect(refuse(now, 60)).toThrow('window');
  expect(refuse(now + 90 * 86_400_000, 60)).toThrow('129601 of 1500');
});
