import { charClass, choice, EMPTY, type Expression, literal, NEVER, repeat, sequence } from './expression.ts';

/** Longer integers are not generated: they exceed every machine integer, and models run on with digits. */
export const MAX_INTEGER_DIGITS = 18;

export const digit = digitsFrom('0', '9');

/** JSON integers from `min` to `max`; undefined is no bound. */
export function integerRange(min: bigint | undefined, max: bigint | undefined): Expression {
  if (min !== undefined && max !== undefined && min > max) return NEVER;
  const lowest = min !== undefined && min > 0n ? min : 0n;
  const positive = max !== undefined && max < 0n ? NEVER : naturalRange(lowest, max);
  const closest = max !== undefined && max < 0n ? -max : 1n;
  const negative = min !== undefined && min >= 0n ? NEVER : naturalRange(closest, min === undefined ? undefined : -min);
  return choice(positive, sequence(literal('-'), negative));
}

/** Natural numbers from `min` to `max`, without leading zeros. */
export function naturalRange(min: bigint, max: bigint | undefined): Expression {
  if (max !== undefined && min > max) return NEVER;
  const alternatives: Expression[] = [];
  const first = String(min).length;
  const last = max === undefined ? first : Math.min(String(max).length, Math.max(first, MAX_INTEGER_DIGITS));
  for (let length = first; length <= last; length++) {
    const low = length === first ? String(min) : `1${'0'.repeat(length - 1)}`;
    const high = max !== undefined && length === String(max).length ? String(max) : '9'.repeat(length);
    alternatives.push(between(low, high));
  }
  if (max === undefined && first < MAX_INTEGER_DIGITS) {
    alternatives.push(sequence(digitsFrom('1', '9'), repeat(digit, first, MAX_INTEGER_DIGITS - 1)));
  }
  return choice(...alternatives);
}

/** Digit strings of equal length, from `low` to `high`. */
function between(low: string, high: string): Expression {
  if (low === '') return EMPTY;
  if (/^0*$/.test(low) && /^9*$/.test(high)) return repeat(digit, low.length, low.length);
  const [a, b] = [low[0]!, high[0]!];
  if (a === b) return sequence(literal(a), between(low.slice(1), high.slice(1)));
  const rest = low.length - 1;
  const lowEdge = /^0*$/.test(low.slice(1));
  const highEdge = /^9*$/.test(high.slice(1));
  return choice(
    lowEdge ? NEVER : sequence(literal(a), between(low.slice(1), '9'.repeat(rest))),
    sequence(digitsFrom(lowEdge ? a : next(a, 1), highEdge ? b : next(b, -1)), repeat(digit, rest, rest)),
    highEdge ? NEVER : sequence(literal(b), between('0'.repeat(rest), high.slice(1))),
  );
}

export function digitsFrom(low: string, high: string): Expression {
  return low > high ? NEVER : charClass([[low.charCodeAt(0), high.charCodeAt(0)]]);
}

const next = (char: string, step: number) => String.fromCharCode(char.charCodeAt(0) + step);
