import { describe, expect, it } from 'vitest';
import { normalCdf, normalQuantile } from './normal.ts';
import { studentTCdf, studentTQuantile } from './student-t.ts';

const relative = (actual: number, expected: number) => Math.abs(actual - expected) / Math.abs(expected);

// Reference values: scipy 1.17.1, stats.norm and stats.t.
describe('the normal distribution', () => {
  it.each([
    [-8, 6.22096057427174e-16],
    [-3, 0.0013498980316300933],
    [-1.96, 0.024997895148220435],
    [0, 0.5],
    [0.5, 0.6914624612740131],
    [2, 0.9772498680518208],
    [6, 0.9999999990134123],
  ])('has P(Z ≤ %d) = %d', (x, expected) => expect(relative(normalCdf(x), expected)).toBeLessThan(1e-10));

  it.each([
    [1e-6, -4.753424308822899],
    [0.025, -1.9599639845400545],
    [0.3, -0.5244005127080409],
    [0.975, 1.959963984540054],
  ])('has its quantile at %d', (p, expected) => expect(relative(normalQuantile(p), expected)).toBeLessThan(1e-10));

  it('has its median at 0', () => expect(normalQuantile(0.5)).toBeCloseTo(0, 14));
});

describe("Student's t distribution", () => {
  it.each([
    [-12.7, 1, 0.025012163844672083],
    [-2, 3, 0.06966298427942152],
    [0.5, 10, 0.6860531971285135],
    [1.984, 100, 0.9750016131019164],
    [3, 2.5, 0.9637119522254841],
    [-5, 4000, 2.989379587023393e-7],
  ])('has P(T ≤ %d) with %d degrees', (t, degrees, expected) => {
    expect(relative(studentTCdf(t, degrees), expected)).toBeLessThan(1e-10);
  });

  it.each([
    [0.975, 1, 12.706204736174694],
    [0.975, 2, 4.302652729749462],
    [0.025, 9, -2.2621571627982053],
    [0.995, 30, 2.7499956535672254],
    [0.9, 1e5, 1.2815600314493614],
    [0.9995, 5, 6.868826625881276],
  ])('has its quantile at %d with %d degrees', (p, degrees, expected) => {
    expect(relative(studentTQuantile(p, degrees), expected)).toBeLessThan(1e-9);
  });
});
