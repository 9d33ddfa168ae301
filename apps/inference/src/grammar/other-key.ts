import {
  type CodePointRange,
  charClass,
  choice,
  complementRanges,
  EMPTY,
  type Expression,
  intersectRanges,
  literal,
  NEVER,
  repeat,
  sequence,
} from './expression.ts';
import { jsonChar, jsonEscape } from './json-string.ts';
import type { RuleTable } from './rule-table.ts';

interface Trie {
  ends: boolean;
  readonly next: Map<string, Trie>;
}

/** A JSON string that is none of `names`: the key of an undeclared property. */
export function otherKey(table: RuleTable, names: readonly string[]): Expression {
  const root: Trie = { ends: false, next: new Map() };
  for (const name of names) {
    let node = root;
    for (const char of name) {
      const unit = jsonEscape(char.codePointAt(0)!);
      if (!node.next.has(unit)) node.next.set(unit, { ends: false, next: new Map() });
      node = node.next.get(unit)!;
    }
    node.ends = true;
  }
  return sequence(literal('"'), differs(table, root), literal('"'));
}

const PLAIN = complementRanges([
  [0, 0x1f],
  [0x22, 0x22],
  [0x5c, 0x5c],
  [0xd800, 0xdfff],
]);

/** The rest of a key whose characters so far led to `node`, such that the whole is no name. */
function differs(table: RuleTable, node: Trie): Expression {
  const units = [...node.next.keys()];
  const taken = units
    .filter((unit) => [...unit].length === 1)
    .map((unit): CodePointRange => {
      const code = unit.codePointAt(0)!;
      return [code, code];
    });
  const freePlain = charClass(intersectRanges(PLAIN, complementRanges(taken)));
  // Where a name has an escaped character, other escapes are left out rather than told apart.
  const freeEscape = units.some((unit) => unit.startsWith('\\')) ? NEVER : keyEscape;
  const anything = repeat(jsonChar(table), 0, Infinity);
  return choice(
    node.ends ? NEVER : EMPTY,
    sequence(choice(freePlain, freeEscape), anything),
    ...[...node.next].map(([unit, child]) => sequence(literal(unit), differs(table, child))),
  );
}

/** The escapes JSON.stringify writes; `\u0061` for a letter of a name would get around the exclusion. */
const keyEscape = choice(...['"', '\\', 'b', 'f', 'n', 'r', 't'].map((char) => literal(`\\${char}`)));
