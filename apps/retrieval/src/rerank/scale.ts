/** The least becomes 0 and the greatest 1; all 0 where nothing tells them apart. The absent are 0. */
export function scaleToRange(values: readonly (number | undefined)[]): number[] {
  const known = values.filter((value) => value !== undefined);
  const least = Math.min(...known);
  const range = Math.max(...known) - least;
  return values.map((value) => (value === undefined || !(range > 0) ? 0 : (value - least) / range));
}
