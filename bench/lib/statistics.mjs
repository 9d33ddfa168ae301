/** The middle value; undefined of nothing. */
export function median(values) {
  const sorted = values.filter((value) => value !== undefined && value !== null).sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

/** The value below which the share `p` lies. */
export function quantile(values, p) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))];
}

/** Rounded for people; undefined stays undefined. */
export const round = (value, digits = 2) =>
  value === undefined || value === null ? undefined : Math.round(value * 10 ** digits) / 10 ** digits;
