import { choice, EMPTY, type Expression, literal, sequence } from './expression.ts';
import { countedRepeat, jsonCharOf } from './json-string.ts';
import { anchorRegex } from './regex-anchor.ts';
import { parseRegex, type Regex, RegexUnsupportedError } from './regex-parse.ts';
import type { RuleTable } from './rule-table.ts';

/** Repetitions are multiplied out by llama.cpp; beyond this a pattern counts as too large. */
const MAX_NODES = 20_000;
/** Places of a pattern that llama.cpp may have to follow at once; it tries each with all tokens, and all others wait. */
const MAX_AMBIGUITY = 1000;

/**
 * The JSON strings whose content matches `pattern` (a search, as JSON Schema has it).
 * @throws RegexUnsupportedError when the pattern uses more than a grammar can express.
 */
export function patternString(table: RuleTable, pattern: string): Expression {
  return table.define(`pattern ${pattern}`, () => sequence(literal('"'), patternContent(table, pattern), literal('"')));
}

/** As `patternString`, without the quotes. */
function patternContent(table: RuleTable, pattern: string): Expression {
  const tree = anchorRegex(parseRegex(pattern));
  if (ambiguity(tree) > MAX_AMBIGUITY) throw new RegexUnsupportedError('counted repetitions inside each other');
  if (expandedSize(tree) > MAX_NODES) throw new RegexUnsupportedError('a pattern this large');
  return translate(table, tree);
}

function translate(table: RuleTable, tree: Regex): Expression {
  switch (tree.kind) {
    case 'set':
      return jsonCharOf(tree.ranges);
    case 'sequence':
      return sequence(...tree.items.map((item) => translate(table, item)));
    case 'choice':
      return choice(...tree.items.map((item) => translate(table, item)));
    case 'repeat': {
      if (tree.max === 0) return EMPTY;
      const key = `regex ${JSON.stringify(tree.item)}`;
      const item = table.define(key, () => translate(table, tree.item));
      return countedRepeat(table, item, key, tree.min, tree.max);
    }
    default:
      throw new RegexUnsupportedError('an anchor inside a pattern');
  }
}

function expandedSize(tree: Regex): number {
  if (tree.kind === 'repeat') {
    const times = Math.max(1, tree.max === Infinity ? tree.min : tree.max);
    return times * expandedSize(tree.item);
  }
  if (tree.kind === 'sequence' || tree.kind === 'choice') {
    return tree.items.reduce((sum, item) => sum + expandedSize(item), 1);
  }
  return 1;
}

/**
 * An upper bound on the places in which a text may stand at once: where what is repeated varies in length, each count
 * is possible at each place inside it.
 */
function ambiguity(tree: Regex): number {
  if (tree.kind === 'repeat') {
    const [shortest, longest] = lengths(tree.item);
    return shortest === longest ? ambiguity(tree.item) : expandedSize(tree);
  }
  if (tree.kind !== 'sequence' && tree.kind !== 'choice') return 1;
  return tree.items.reduce((most, item) => Math.max(most, ambiguity(item)), 1);
}

function lengths(tree: Regex): readonly [shortest: number, longest: number] {
  if (tree.kind === 'set') return [1, 1];
  if (tree.kind === 'repeat') {
    const [shortest, longest] = lengths(tree.item);
    return [shortest * tree.min, longest === 0 ? 0 : longest * tree.max];
  }
  if (tree.kind !== 'sequence' && tree.kind !== 'choice') return [0, 0];
  const all = tree.items.map(lengths);
  const [low, high] = [all.map(([shortest]) => shortest), all.map(([, longest]) => longest)];
  if (tree.kind === 'choice') return [Math.min(...low), Math.max(...high)];
  return [low.reduce((a, b) => a + b, 0), high.reduce((a, b) => a + b, 0)];
}
