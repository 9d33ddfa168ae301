import { choice, type Expression, literal, sequence } from './expression.ts';

/** Deeper than this the alternatives are written side by side: llama.cpp's parser is recursive. */
const MAX_DEPTH = 24;
const FEW = 8;

/**
 * One of `texts`, common beginnings written once: llama.cpp follows all alternatives that are still possible, so a list
 * of thousands side by side costs as much at each token.
 */
export function oneOfTexts(texts: readonly string[], depth = 0): Expression {
  const unique = [...new Set(texts)];
  if (unique.length <= FEW || depth === MAX_DEPTH) return choice(...unique.map(literal));
  const groups = new Map<number | undefined, string[]>();
  for (const text of unique) {
    const first = text.codePointAt(0);
    const group = groups.get(first);
    if (group) group.push(text);
    else groups.set(first, [text]);
  }
  return choice(...[...groups.values()].map((group) => beginningOnce(group, depth)));
}

function beginningOnce(group: readonly string[], depth: number): Expression {
  const [first, ...others] = group as [string, ...string[]];
  if (others.length === 0) return literal(first);
  let length = 0;
  for (const char of first) {
    if (!others.every((other) => other.startsWith(char, length))) break;
    length += char.length;
  }
  const rests = group.map((text) => text.slice(length));
  return sequence(literal(first.slice(0, length)), oneOfTexts(rests, depth + 1));
}
