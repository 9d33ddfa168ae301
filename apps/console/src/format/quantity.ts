/** A count with separators below 10,000, then in k, M, G with three digits. */
export function formatCount(count: bigint | number): string {
  const value = Number(count);
  if (Math.abs(value) < 10_000) return Math.round(value).toLocaleString('en-US');
  return scale(value, 1000, ['', 'k', 'M', 'G', 'T'], '');
}

/** Bytes in decimal units, as file sizes and downloads are told. */
export function formatBytes(bytes: bigint | number): string {
  return scale(Number(bytes), 1000, ['B', 'kB', 'MB', 'GB', 'TB'], ' ');
}

/** `12%`, `0.4%`; a dash when there is nothing to divide by. */
export function formatShare(part: bigint | number, whole: bigint | number): string {
  if (Number(whole) === 0) return '–';
  const percent = (Number(part) / Number(whole)) * 100;
  return `${percent > 0 && percent < 10 ? percent.toFixed(1) : Math.round(percent)}%`;
}

function scale(value: number, base: number, units: string[], gap: string): string {
  let size = value;
  let unit = 0;
  // Compared after rounding, so that 999,999 is 1.00M and not 1000k.
  while (Math.abs(Number(size.toPrecision(3))) >= base && unit < units.length - 1) {
    size /= base;
    unit++;
  }
  return `${unit === 0 ? Math.round(size) : size.toPrecision(3)}${gap}${units[unit]}`;
}
