import { type Decimal, decimalOf } from './decimal.ts';
import { charClass, choice, EMPTY, type Expression, literal, NEVER, optional, repeat, sequence } from './expression.ts';
import { digit, digitsFrom, MAX_INTEGER_DIGITS, naturalRange } from './integer-range.ts';

/** More digits than a double holds. */
const MAX_FRACTION_DIGITS = 20;

export interface NumberBounds {
  readonly min?: number;
  readonly max?: number;
  readonly minExclusive?: boolean;
  readonly maxExclusive?: boolean;
  /** From `multipleOf: 0.01` and the like. */
  readonly fractionDigits?: number;
}

/** Digits after a point: `some` never matches the empty text, `none` says whether a number may go without them. */
interface Fraction {
  readonly none: boolean;
  readonly some: Expression;
}

const natural = choice(literal('0'), sequence(digitsFrom('1', '9'), repeat(digit, 0, MAX_INTEGER_DIGITS - 1)));

/** JSON numbers within bounds. With bounds other than "not negative", the exponent form is not offered. */
export function numberRange(bounds: NumberBounds): Expression {
  const { min, max, fractionDigits = MAX_FRACTION_DIGITS } = bounds;
  const zeroIsLow = min === 0 && !bounds.minExclusive;
  if (max === undefined && (min === undefined || zeroIsLow)) {
    const exponent = sequence(
      charClass([
        [0x45, 0x45],
        [0x65, 0x65],
      ]),
      optional(choice(literal('+'), literal('-'))),
      repeat(digit, 1, 3),
    );
    const sign = min === undefined ? optional(literal('-')) : EMPTY;
    const free = bounds.fractionDigits === undefined ? optional(exponent) : EMPTY;
    return sequence(sign, natural, tail(anyFraction(fractionDigits)), free);
  }
  const low = {
    at: decimalOf(min !== undefined && min > 0 ? min : 0),
    open: min !== undefined && min >= 0 && !!bounds.minExclusive,
  };
  const high = max === undefined ? undefined : { at: decimalOf(max), open: !!bounds.maxExclusive };
  const positive = max !== undefined && max < 0 ? NEVER : magnitude(low, high, fractionDigits);
  const near = {
    at: decimalOf(max !== undefined && max < 0 ? max : 0),
    open: max === undefined || max >= 0 || !!bounds.maxExclusive,
  };
  const far = min === undefined ? undefined : { at: decimalOf(min), open: !!bounds.minExclusive };
  const negative = min !== undefined && min >= 0 ? NEVER : sequence(literal('-'), magnitude(near, far, fractionDigits));
  return choice(positive, negative);
}

interface Bound {
  readonly at: Decimal;
  /** The bound itself is excluded. */
  readonly open: boolean;
}

/** Non-negative decimals from `low` to `high`. */
function magnitude(low: Bound, high: Bound | undefined, digits: number): Expression {
  const any = tail(anyFraction(digits));
  const lowest = sequence(literal(String(low.at.int)), tail(above(low.at.fraction, low.open, digits)));
  if (!high) return choice(lowest, sequence(naturalRange(low.at.int + 1n, undefined), any));
  if (low.at.int > high.at.int) return NEVER;
  if (low.at.int === high.at.int) {
    const both = between(low.at.fraction, low.open, high.at.fraction, high.open, digits);
    return sequence(literal(String(low.at.int)), tail(both));
  }
  const highest = sequence(literal(String(high.at.int)), tail(below(high.at.fraction, high.open, digits)));
  return choice(lowest, sequence(naturalRange(low.at.int + 1n, high.at.int - 1n), any), highest);
}

const tail = (f: Fraction) => choice(...(f.none ? [EMPTY] : []), sequence(literal('.'), f.some));
const rest = (f: Fraction) => choice(...(f.none ? [EMPTY] : []), f.some);

const anyFraction = (digits: number): Fraction => ({ none: true, some: digits < 1 ? NEVER : repeat(digit, 1, digits) });

const upTo = (digits: number) => repeat(digit, 0, Math.max(0, digits));

/** Fractions at or above `0.<bound>`. */
function above(bound: string, open: boolean, digits: number): Fraction {
  if (digits < 1) return { none: bound === '' && !open, some: NEVER };
  if (bound === '') {
    if (!open) return anyFraction(digits);
    const leading = repeat(literal('0'), 0, digits - 1);
    return { none: false, some: sequence(leading, digitsFrom('1', '9'), upTo(digits - 1)) };
  }
  const head = bound[0]!;
  const higher = sequence(digitsFrom(next(head, 1), '9'), upTo(digits - 1));
  return { none: false, some: choice(higher, sequence(literal(head), rest(above(bound.slice(1), open, digits - 1)))) };
}

/** Fractions at or below `0.<bound>`. */
function below(bound: string, open: boolean, digits: number): Fraction {
  if (bound === '') return { none: !open, some: open || digits < 1 ? NEVER : repeat(literal('0'), 1, digits) };
  if (digits < 1) return { none: true, some: NEVER };
  const head = bound[0]!;
  const lower = sequence(digitsFrom('0', next(head, -1)), upTo(digits - 1));
  return { none: true, some: choice(lower, sequence(literal(head), rest(below(bound.slice(1), open, digits - 1)))) };
}

function between(low: string, lowOpen: boolean, high: string, highOpen: boolean, digits: number): Fraction {
  if (low === '' && !lowOpen) return below(high, highOpen, digits);
  if (high === '' || digits < 1) return { none: false, some: NEVER };
  const [a, b] = [low[0] ?? '0', high[0]!];
  if (a > b) return { none: false, some: NEVER };
  if (a === b) {
    const inner = between(low.slice(1), lowOpen, high.slice(1), highOpen, digits - 1);
    return { none: false, some: sequence(literal(a), rest(inner)) };
  }
  const some = choice(
    sequence(literal(a), rest(above(low.slice(1), lowOpen, digits - 1))),
    sequence(digitsFrom(next(a, 1), next(b, -1)), upTo(digits - 1)),
    sequence(literal(b), rest(below(high.slice(1), highOpen, digits - 1))),
  );
  return { none: false, some };
}

const next = (char: string, step: number) => String.fromCharCode(char.charCodeAt(0) + step);
