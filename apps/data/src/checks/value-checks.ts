import type { CategoryCheck, NullCheck, PatternCheck, RangeCheck } from '@llmops/contracts/data/v1/validation';
import { RE2JS } from 're2js';
import { valuesAt } from './column-path.ts';
import { type RunningCheck, rowCheck, shown } from './running-check.ts';

export function nullCheck({ columns, emptyIsNull }: NullCheck): RunningCheck {
  const missing = (value: unknown) =>
    value === null || value === undefined || (emptyIsNull && typeof value === 'string' && value.trim() === '');
  return rowCheck(`lack a value of ${columns.join(', ')}`, ({ value }) => {
    for (const column of columns) {
      const values = valuesAt(value, column);
      if (values.length === 0) return { column, value: '', message: 'is not there' };
      if (values.some(missing)) {
        return { column, value: '', message: values.every((each) => each === '') ? 'is empty' : 'is null' };
      }
    }
    return undefined;
  });
}

/** Of numbers, and of texts that are numbers; nulls pass, other values do not. */
export function rangeCheck({ column, min, max }: RangeCheck): RunningCheck {
  const bounds = [min === undefined ? '' : `from ${min}`, max === undefined ? '' : `to ${max}`].join(' ').trim();
  return rowCheck(`have ${column} outside the range ${bounds}`, ({ value }) => {
    for (const each of valuesAt(value, column)) {
      if (each === null) continue;
      const number = typeof each === 'string' && each.trim() !== '' ? Number(each) : each;
      if (typeof number !== 'number' || Number.isNaN(number)) {
        return { column, value: shown(each), message: 'is no number' };
      }
      if (min !== undefined && number < min) return { column, value: shown(each), message: `is below ${min}` };
      if (max !== undefined && number > max) return { column, value: shown(each), message: `is above ${max}` };
    }
    return undefined;
  });
}

/** The pattern is RE2's: no look-around and no references back, and never more than linear time. */
export function patternCheck({ column, pattern, forbid }: PatternCheck): RunningCheck {
  const compiled = RE2JS.compile(pattern);
  const what = forbid ? `match the forbidden ${shown(pattern)}` : `do not match ${shown(pattern)}`;
  return rowCheck(`${what} in ${column}`, ({ value }) => {
    for (const each of valuesAt(value, column)) {
      if (each === null) continue;
      const text = typeof each === 'string' ? each : JSON.stringify(each);
      if (compiled.test(text) !== forbid) continue;
      return { column, value: shown(each), message: forbid ? 'matches' : 'does not match' };
    }
    return undefined;
  });
}

export function categoryCheck({ column, values }: CategoryCheck): RunningCheck {
  const allowed = new Set(values);
  return rowCheck(`have another ${column} than the ${values.length} allowed`, ({ value }) => {
    const bad = valuesAt(value, column).find(
      (each) => each !== null && !allowed.has(typeof each === 'string' ? each : JSON.stringify(each)),
    );
    return bad === undefined ? undefined : { column, value: shown(bad), message: 'is not an allowed value' };
  });
}
