import { logGamma } from './gamma.ts';

/** P(X ≥ x) of the chi-squared distribution with `degrees` > 0 degrees of freedom; keeps its digits in the far tail. */
export function chiSquaredUpperTail(x: number, degrees: number): number {
  if (x <= 0) return 1;
  const [shape, half] = [degrees / 2, x / 2];
  return half < shape + 1 ? 1 - gammaSeries(shape, half) : gammaFraction(shape, half);
}

const accuracy = 1e-16;
const mostTerms = 10_000;

/** Regularised lower incomplete gamma function by its series (Numerical Recipes 6.2). */
function gammaSeries(shape: number, x: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let n = 1; n <= mostTerms && term > sum * accuracy; n++) {
    term *= x / (shape + n);
    sum += term;
  }
  return sum * Math.exp(shape * Math.log(x) - x - logGamma(shape));
}

/** Regularised upper incomplete gamma function by Lentz's continued fraction (Numerical Recipes 6.2). */
function gammaFraction(shape: number, x: number): number {
  const away = (value: number) => (Math.abs(value) < 1e-300 ? 1e-300 : value);
  let b = x + 1 - shape;
  let c = 1e300;
  let d = 1 / away(b);
  let result = d;
  for (let n = 1; n <= mostTerms; n++) {
    const a = -n * (n - shape);
    b += 2;
    d = 1 / away(a * d + b);
    c = away(b + a / c);
    result *= c * d;
    if (Math.abs(c * d - 1) < accuracy) break;
  }
  return result * Math.exp(shape * Math.log(x) - x - logGamma(shape));
}
