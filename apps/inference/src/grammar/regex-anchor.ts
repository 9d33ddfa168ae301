import { complementRanges } from './expression.ts';
import { type Regex, RegexUnsupportedError } from './regex-parse.ts';

const ANYTHING: Regex = { kind: 'repeat', item: { kind: 'set', ranges: complementRanges([]) }, min: 0, max: Infinity };

/**
 * A pattern is a search: turns it into an expression for the whole string, without anchors.
 * Anchors are understood at the two ends of an alternative, also through groups; elsewhere they are unsupported.
 */
export function anchorRegex(tree: Regex): Regex {
  return whole(tree, false, false);
}

/** `tree` padded with anything on the sides that are still open. */
function whole(tree: Regex, startFixed: boolean, endFixed: boolean): Regex {
  if (tree.kind === 'choice') {
    return { kind: 'choice', items: tree.items.map((item) => whole(item, startFixed, endFixed)) };
  }
  const items = tree.kind === 'sequence' ? [...tree.items] : [tree];
  let start = startFixed;
  let end = endFixed;
  while (items[0]?.kind === 'start') {
    items.shift();
    start = true;
  }
  while (items.at(-1)?.kind === 'end') {
    items.pop();
    end = true;
  }
  const only = items.length === 1 ? items[0]! : undefined;
  if (only && (only.kind === 'choice' || only.kind === 'sequence')) return whole(only, start, end);
  items.forEach(refuseAnchors);
  return { kind: 'sequence', items: [...(start ? [] : [ANYTHING]), ...items, ...(end ? [] : [ANYTHING])] };
}

function refuseAnchors(tree: Regex): void {
  if (tree.kind === 'start' || tree.kind === 'end') throw new RegexUnsupportedError('an anchor inside a pattern');
  if (tree.kind === 'repeat') refuseAnchors(tree.item);
  if (tree.kind === 'sequence' || tree.kind === 'choice') tree.items.forEach(refuseAnchors);
}
