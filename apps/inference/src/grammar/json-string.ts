import {
  type CodePointRange,
  charClass,
  choice,
  type Expression,
  intersectRanges,
  literal,
  MAX_CODE_POINT,
  repeat,
  sequence,
} from './expression.ts';
import type { RuleTable } from './rule-table.ts';

const HEX: CodePointRange[] = [
  [0x30, 0x39],
  [0x41, 0x46],
  [0x61, 0x66],
];
const hex = charClass(HEX);
const oneOf = (chars: string) => charClass([...chars].map((c) => [c.charCodeAt(0), c.charCodeAt(0)] as const));

/** Code points that stand for themselves inside a JSON string: all but controls, the quote and the backslash. */
const PLAIN: CodePointRange[] = [
  [0x20, 0x21],
  [0x23, 0x5b],
  [0x5d, 0xd7ff],
  [0xe000, MAX_CODE_POINT],
];
const ESCAPED: CodePointRange[] = [
  [0, 0x1f],
  [0x22, 0x22],
  [0x5c, 0x5c],
];

/** One character of a JSON string, escaped or not; a surrogate pair of escapes is one character. */
export function jsonChar(table: RuleTable): Expression {
  return table.define('json-char', () => {
    const plainUnit = sequence(
      choice(sequence(oneOf('0123456789abcefABCEF'), hex), sequence(oneOf('dD'), oneOf('01234567'))),
      hex,
      hex,
    );
    const pair = sequence(
      oneOf('dD'),
      oneOf('89abAB'),
      hex,
      hex,
      literal('\\u'),
      oneOf('dD'),
      oneOf('cdefCDEF'),
      hex,
      hex,
    );
    const escaped = choice(oneOf('"\\/bfnrt'), sequence(literal('u'), choice(plainUnit, pair)));
    return choice(charClass(PLAIN), sequence(literal('\\'), escaped));
  });
}

/** A JSON string of any content. */
export const anyString = (table: RuleTable): Expression =>
  table.define('json-string', () => sequence(literal('"'), repeat(jsonChar(table), 0, Infinity), literal('"')));

/** What JSON.stringify writes between the quotes for one code point. */
export const jsonEscape = (codePoint: number): string => JSON.stringify(String.fromCodePoint(codePoint)).slice(1, -1);

/** One character of a JSON string out of `ranges`, each in the form JSON.stringify gives it. */
export function jsonCharOf(ranges: readonly CodePointRange[]): Expression {
  const escaped: Expression[] = [];
  for (const [from, to] of intersectRanges(ranges, ESCAPED)) {
    for (let code = from; code <= to; code++) escaped.push(literal(jsonEscape(code)));
  }
  return choice(charClass(intersectRanges(ranges, PLAIN)), ...escaped);
}

/** llama.cpp refuses repetitions much above this; longer ones become a chain of rules. */
const MAX_REPETITION = 500;

/** A JSON string of `min` to `max` characters; `max` may be Infinity. */
export function stringOfLength(table: RuleTable, min: number, max: number): Expression {
  if (min === 0 && max === Infinity) return anyString(table);
  const char = jsonChar(table);
  return sequence(literal('"'), countedRepeat(table, char, 'json-char', min, max), literal('"'));
}

/** `item{min,max}` for any numbers, deterministic for the matcher: full blocks first, then the rest. */
export function countedRepeat(table: RuleTable, item: Expression, key: string, min: number, max: number): Expression {
  if (max < min) return choice();
  if (min > MAX_REPETITION) {
    const block = table.define(`${key}{${MAX_REPETITION}}`, () => repeat(item, MAX_REPETITION, MAX_REPETITION));
    return sequence(block, countedRepeat(table, item, key, min - MAX_REPETITION, max - MAX_REPETITION));
  }
  if (max === Infinity) return sequence(repeat(item, min, min), repeat(item, 0, Infinity));
  if (max <= MAX_REPETITION) return repeat(item, min, max);
  if (min > 0) return sequence(repeat(item, min, min), countedRepeat(table, item, key, 0, max - min));
  return table.define(`${key}{0,${max}}`, () => {
    const block = table.define(`${key}{${MAX_REPETITION}}`, () => repeat(item, MAX_REPETITION, MAX_REPETITION));
    const rest = countedRepeat(table, item, key, 0, max - MAX_REPETITION);
    return choice(sequence(block, rest), repeat(item, 0, MAX_REPETITION - 1));
  });
}
