import type { CompileContext, Member } from './context.ts';
import { choice, type Expression, literal } from './expression.ts';
import { integerRange } from './integer-range.ts';
import { type NumberBounds, numberRange } from './number-range.ts';

/** With fewer values than this, multiples are written out. */
const MAX_MULTIPLES = 1000;

export function numberRule(
  context: CompileContext,
  members: readonly Member[],
  type: 'number' | 'integer',
): Expression {
  const bounds = boundsOf(members);
  const multiples = members.filter(({ schema }) => typeof schema.multipleOf === 'number');
  const steps = multiples.map(({ schema }) => schema.multipleOf as number);
  if (type === 'integer' || steps.includes(1)) return integers(context, multiples, bounds);
  const digits = steps.map(fractionDigits);
  for (const [i, member] of multiples.entries()) if (digits[i] === undefined) context.unenforced(member, 'multipleOf');
  const known = digits.filter((d) => d !== undefined);
  return numberRange(known.length > 0 ? { ...bounds, fractionDigits: Math.min(...known) } : bounds);
}

function integers(context: CompileContext, multiples: readonly Member[], bounds: NumberBounds): Expression {
  const min = bounds.min === undefined ? undefined : lowestInteger(bounds.min, bounds.minExclusive);
  const max = bounds.max === undefined ? undefined : -lowestInteger(-bounds.max, bounds.maxExclusive);
  const steps = multiples.map(({ schema }) => schema.multipleOf as number);
  const real = steps.filter((step) => !(step > 0 && Number.isInteger(1 / step)));
  if (real.length === 0) return integerRange(min, max);
  if (min !== undefined && max !== undefined && max - min < BigInt(MAX_MULTIPLES * Math.max(1, ...real))) {
    const values: Expression[] = [];
    for (let value = min; value <= max; value++) {
      if (real.every((step) => Number(value) % step === 0)) values.push(literal(String(value)));
    }
    if (values.length <= MAX_MULTIPLES) return choice(...values);
  }
  for (const member of multiples) {
    if (real.includes(member.schema.multipleOf as number)) context.unenforced(member, 'multipleOf');
  }
  return integerRange(min, max);
}

function lowestInteger(bound: number, exclusive: boolean | undefined): bigint {
  const low = BigInt(Math.ceil(bound));
  return exclusive && Number.isInteger(bound) ? low + 1n : low;
}

/** 2 for 0.01: multiples of a negative power of ten are the decimals with so many digits. */
function fractionDigits(step: number): number | undefined {
  const digits = Math.round(-Math.log10(step));
  return digits >= 1 && digits <= 15 && Number(`1e-${digits}`) === step ? digits : undefined;
}

function boundsOf(members: readonly Member[]): NumberBounds {
  let min = -Infinity;
  let max = Infinity;
  let minExclusive = false;
  let maxExclusive = false;
  const low = (value: unknown, exclusive: boolean) => {
    if (typeof value !== 'number' || value < min) return;
    minExclusive = value === min ? minExclusive || exclusive : exclusive;
    min = value;
  };
  const high = (value: unknown, exclusive: boolean) => {
    if (typeof value !== 'number' || value > max) return;
    maxExclusive = value === max ? maxExclusive || exclusive : exclusive;
    max = value;
  };
  for (const { schema } of members) {
    low(schema.minimum, schema.exclusiveMinimum === true);
    low(schema.exclusiveMinimum, true);
    high(schema.maximum, schema.exclusiveMaximum === true);
    high(schema.exclusiveMaximum, true);
  }
  return {
    ...(min > -Infinity ? { min, minExclusive } : {}),
    ...(max < Infinity ? { max, maxExclusive } : {}),
  };
}
