/** A non-negative decimal number, exact: `1.50` is `{ int: 1n, fraction: '5' }`. */
export interface Decimal {
  readonly int: bigint;
  /** Digits after the point, without trailing zeros. */
  readonly fraction: string;
}

/** The exact decimal that JavaScript prints for |value|. */
export function decimalOf(value: number): Decimal {
  const [mantissa, exponent = '0'] = Math.abs(value).toString().split('e');
  const [int = '0', fraction = ''] = mantissa!.split('.');
  const shift = Number(exponent);
  const digits = int + fraction;
  const point = int.length + shift;
  if (point <= 0) return { int: 0n, fraction: trimZeros('0'.repeat(-point) + digits) };
  const padded = digits.padEnd(point, '0');
  return { int: BigInt(padded.slice(0, point)), fraction: trimZeros(padded.slice(point)) };
}

const trimZeros = (digits: string) => digits.replace(/0+$/, '');
