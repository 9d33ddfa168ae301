import { quantileOf } from './quantile.ts';

/** P(Z ≤ x) of the standard normal distribution, to 10 digits in the tails too (Hart 1968 as given by West, Wilmott 2005). */
export function normalCdf(x: number): number {
  const size = Math.abs(x);
  if (size > 37) return x > 0 ? 1 : 0;
  const tail = Math.exp((-size * size) / 2) * upperTailFactor(size);
  return x > 0 ? 1 - tail : tail;
}

/** The x with P(Z ≤ x) = `probability`, which is strictly between 0 and 1. */
export function normalQuantile(probability: number): number {
  // By symmetry: only the lower tail keeps its digits.
  if (probability > 0.5) return -normalQuantile(1 - probability);
  return quantileOf(normalCdf, probability, -38, 0);
}

function upperTailFactor(x: number): number {
  if (x >= 10 / Math.SQRT2) {
    let fraction = x;
    for (let term = 20; term >= 1; term--) fraction = x + term / fraction;
    return 1 / (fraction * Math.sqrt(2 * Math.PI));
  }
  return polynomial(numerator, x) / polynomial(denominator, x);
}

const numerator = [
  0.0352624965998911, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931,
  220.206867912376,
];
const denominator = [
  0.0883883476483184, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831,
  793.826512519948, 440.413735824752,
];

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}
