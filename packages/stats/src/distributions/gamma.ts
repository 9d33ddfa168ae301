/** ln Γ(x) for x > 0, to 15 digits (Lanczos, g = 7, nine terms). */
export function logGamma(x: number): number {
  const shifted = x - 1;
  const series = lanczos.reduce((sum, term, index) => sum + (index === 0 ? term : term / (shifted + index)), 0);
  const base = shifted + 7.5;
  return Math.log(2 * Math.PI) / 2 + (shifted + 0.5) * Math.log(base) - base + Math.log(series);
}

const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
