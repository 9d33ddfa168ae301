import { expect, test } from 'vitest';
import { planSteps } from './steps.ts';

const now = Date.parse('2026-11-24T20:00:30Z');

test('the last hour in steps of a minute when nothing is said', () => {
  expect(planSteps(undefined, undefined, 0, now)).toEqual({
    stepS: 60,
    startMs: Date.parse('2026-11-24T19:00:00Z'),
    count: 61,
    widthS: 60,
  });
});

test('steps lie on multiples of themselves and cover the whole range', () => {
  const steps = planSteps(new Date(now), new Date(now + 86_400_000), 3_600, now);
  expect(steps.startMs).toBe(Date.parse('2026-11-24T20:00:00Z'));
  expect(steps).toMatchObject({ count: 25, widthS: 3_600 });
  expect(planSteps(new Date(now), new Date(now + 600_000), 61, now).stepS).toBe(120);
});

test('a range that ends before it starts, or has too many steps, is refused', () => {
  const refuse = (end: number, step: number) => () => planSteps(new Date(now), new Date(end), step, now);
  expect(refuse(now, 60)).toThrow(expect.objectContaining({ code: 'cost.window_invalid' }));
  expect(refuse(now + 90 * 86_400_000, 60)).toThrow(expect.objectContaining({ code: 'cost.too_many_steps' }));
});
