/** Indices of values without a neighbour: a line is drawn between two, so one alone would not be seen. */
export function isolatedPoints(values: ArrayLike<number | null | undefined>): number[] {
  return Array.from(values, (value, index) => {
    const alone = values[index - 1] == null && values[index + 1] == null;
    return value != null && alone ? index : -1;
  }).filter((index) => index >= 0);
}
