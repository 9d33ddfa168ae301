/** A number for reading: four digits at most, no trailing zeros. */
export function formatFigure(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value !== 0 && (Math.abs(value) >= 1e9 || Math.abs(value) < 1e-4)) return value.toExponential(2);
  if (Number.isInteger(value)) return value.toLocaleString('en-US');
  return Number(value.toPrecision(4)).toLocaleString('en-US', { maximumFractionDigits: 6 });
}

/** Between 0 and 1; 0 when there is no whole. */
export const shareOf = (part: bigint | number, whole: bigint | number): number =>
  Number(whole) === 0 ? 0 : Math.min(Math.max(Number(part) / Number(whole), 0), 1);

export interface Bar {
  x: number;
  width: number;
  height: number;
}

/** Bars of a histogram in a box of 100 by 100, their widths as the bins', at least a line where something is. */
export function barsOf(bins: readonly { from: number; to: number; count: bigint }[]): Bar[] {
  const low = bins[0]?.from ?? 0;
  const reach = (bins.at(-1)?.to ?? 0) - low;
  const most = Math.max(0, ...bins.map(({ count }) => Number(count)));
  return bins.map(({ from, to, count }) => ({
    x: reach > 0 ? ((from - low) / reach) * 100 : 0,
    width: reach > 0 ? ((to - from) / reach) * 100 : 100,
    height: count === 0n ? 0 : Math.max(shareOf(count, most) * 100, 2),
  }));
}
