/**
 * Running sums, last series first, so that drawing them in order paints each on top of the taller one before it.
 * `[[1, 2], [10, 20]]` → `[[11, 22], [10, 20]]`.
 */
export function stackSeries(series: readonly (readonly (number | null)[])[]): (number | null)[][] {
  const sums: number[] = [];
  return [...series]
    .reverse()
    .map((values) =>
      values.map((value, index) => {
        sums[index] = (sums[index] ?? 0) + (value ?? 0);
        return sums[index];
      }),
    )
    .reverse();
}
