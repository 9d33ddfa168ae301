import { complementRanges } from './expression.ts';
import { anchorRegex } from './regex-anchor.ts';
import { parseRegex, type Regex } from './regex-parse.ts';

/** States are multiplied out; a larger pattern is not run. */
const MAX_STATES = 50_000;

interface State {
  readonly ranges?: readonly (readonly [number, number])[];
  readonly next: number[];
}

/**
 * A matcher that takes time linear in the text: a user's pattern must not be able to hold the process, as
 * backtracking can. Throws for patterns outside the supported subset.
 */
export function linearMatcher(pattern: string): (text: string) => boolean {
  const states: State[] = [];
  const accept = add(states, { next: [] });
  const start = build(anchorRegex(parseRegex(pattern)), accept, states);
  return (text) => {
    let current = closure(states, [start]);
    for (const char of text) {
      const code = char.codePointAt(0)!;
      const moved: number[] = [];
      for (const id of current) {
        const { ranges, next } = states[id]!;
        if (ranges?.some(([from, to]) => code >= from && code <= to)) moved.push(next[0]!);
      }
      if (moved.length === 0) return false;
      current = closure(states, moved);
    }
    return current.has(accept);
  };
}

function add(states: State[], state: State): number {
  if (states.length >= MAX_STATES) throw new RangeError('pattern too large');
  return states.push(state) - 1;
}

/** Adds states that match `tree` and go on to `next`; returns the first. Thompson's construction, built backwards. */
function build(tree: Regex, next: number, states: State[]): number {
  switch (tree.kind) {
    case 'set':
      return add(states, {
        ranges: tree.ranges.length > 0 ? tree.ranges : complementRanges([[0, 0x10ffff]]),
        next: [next],
      });
    case 'sequence':
      return tree.items.reduceRight((after, item) => build(item, after, states), next);
    case 'choice':
      return add(states, { next: tree.items.map((item) => build(item, next, states)) });
    case 'repeat': {
      let after = next;
      if (tree.max === Infinity) {
        const loop = add(states, { next: [next] });
        states[loop]!.next.push(build(tree.item, loop, states));
        after = loop;
      } else {
        for (let i = tree.min; i < tree.max; i++)
          after = add(states, { next: [next, build(tree.item, after, states)] });
      }
      for (let i = 0; i < tree.min; i++) after = build(tree.item, after, states);
      return after;
    }
    default:
      throw new RangeError('anchor inside a pattern');
  }
}

function closure(states: readonly State[], from: readonly number[]): Set<number> {
  const seen = new Set(from);
  const pending = [...from];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const state = states[id]!;
    if (state.ranges) continue;
    for (const next of state.next) {
      if (seen.has(next)) continue;
      seen.add(next);
      pending.push(next);
    }
  }
  return seen;
}
