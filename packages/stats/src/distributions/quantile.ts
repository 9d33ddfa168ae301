/**
 * The x at which a rising distribution function reaches `probability`, between `low` and `high`, by bisection to the
 * last bit: some 60 calls, which matters to nobody who asks for a quantile or two.
 */
export function quantileOf(cdf: (x: number) => number, probability: number, low: number, high: number): number {
  let [below, above] = [low, high];
  for (let middle = (below + above) / 2; middle > below && middle < above; middle = (below + above) / 2) {
    if (cdf(middle) < probability) below = middle;
    else above = middle;
  }
  return above;
}
