import type { Expression } from './expression.ts';

/** Steps of comparing; what takes more counts as multiplying. */
const MAX_STEPS = 300_000;

const MAX_DEPTH = 2000;

type Rules = ReadonlyMap<string, Expression>;

/**
 * The name of a rule with two alternatives that begin alike and contain the rule itself before they differ, if there
 * is one. llama.cpp follows both, so each level of nesting multiplies what it follows: ten levels stop the engine.
 */
export function multiplyingRule(all: Rules): string | undefined {
  if (rulesOfCycles(all).size === 0) return undefined;
  const rules = withoutTwins(all);
  const recursive = rulesOfCycles(rules);
  const budget = { left: MAX_STEPS };
  for (const [name, named] of recursive) {
    const reaches = (from: string) => reachable(recursive, from, name);
    if (!named.some(reaches)) continue;
    for (const items of choicesIn(rules.get(name)!)) {
      for (const [i, a] of items.entries()) {
        for (const b of items.slice(i + 1)) if (shareRecursion(rules, [a], [b], reaches, budget)) return name;
      }
    }
  }
  return undefined;
}

/** Whether both can begin with the same text that holds a rule for which `reaches` is true. */
function shareRecursion(
  rules: Rules,
  left: readonly Expression[],
  right: readonly Expression[],
  reaches: (rule: string) => boolean,
  budget: { left: number },
  depth = 0,
): boolean {
  if (budget.left-- <= 0 || depth > MAX_DEPTH) return true;
  const [a, ...restA] = left;
  const [b, ...restB] = right;
  if (!a || !b) return false;
  const go = (l: readonly Expression[], r: readonly Expression[]) =>
    shareRecursion(rules, l, r, reaches, budget, depth + 1);
  if (JSON.stringify(a) === JSON.stringify(b)) return [...namesIn(a)].some(reaches) || go(restA, restB);
  const expanded = expand(rules, a, restA);
  if (expanded) return expanded.some((list) => go(list, right));
  const other = expand(rules, b, restB);
  if (other) return other.some((list) => go(left, list));
  if (a.kind !== 'literal' || b.kind !== 'literal') return false;
  const length = Math.min(a.text.length, b.text.length);
  if (a.text.slice(0, length) !== b.text.slice(0, length)) return false;
  return go(after(a.text, length, restA), after(b.text, length, restB));
}

const after = (text: string, length: number, rest: readonly Expression[]): readonly Expression[] =>
  text.length > length ? [{ kind: 'literal', text: text.slice(length) }, ...rest] : rest;

/** What `head` followed by `rest` may be, one step nearer to characters; undefined when `head` is characters. */
function expand(rules: Rules, head: Expression, rest: readonly Expression[]): (readonly Expression[])[] | undefined {
  switch (head.kind) {
    case 'rule':
      return [[rules.get(head.name)!, ...rest]];
    case 'sequence':
      return [[...head.items, ...rest]];
    case 'choice':
      return head.items.map((item) => [item, ...rest]);
    case 'repeat':
      // Once is enough to see what it holds.
      return [[head.item, ...rest], ...(head.min === 0 ? [rest] : [])];
    default:
      return undefined;
  }
}

/** Rules that say the same, whatever the names in them, as one: a `$ref` from two places makes two. */
function withoutTwins(rules: Rules): Rules {
  let twin = new Map([...rules.keys()].map((name) => [name, '']));
  for (let known = 1; ; ) {
    const first = new Map<string, string>();
    const next = new Map<string, string>();
    for (const [name, body] of rules) {
      const says = twin.get(name) + JSON.stringify(renamed(body, twin));
      if (!first.has(says)) first.set(says, name);
      next.set(name, first.get(says)!);
    }
    twin = next;
    if (first.size === known) break;
    known = first.size;
  }
  return new Map([...rules].filter(([name]) => twin.get(name) === name).map(([name, e]) => [name, renamed(e, twin)]));
}

function renamed(e: Expression, names: ReadonlyMap<string, string>): Expression {
  if (e.kind === 'rule') return { kind: 'rule', name: names.get(e.name)! };
  if (e.kind === 'repeat') return { ...e, item: renamed(e.item, names) };
  return e.kind === 'sequence' || e.kind === 'choice'
    ? { ...e, items: e.items.map((item) => renamed(item, names)) }
    : e;
}

function* choicesIn(e: Expression): Generator<readonly Expression[]> {
  if (e.kind === 'choice') yield e.items;
  if (e.kind === 'choice' || e.kind === 'sequence') for (const item of e.items) yield* choicesIn(item);
  if (e.kind === 'repeat') yield* choicesIn(e.item);
}

/** Rules that lead to a cycle, each with the rules it names. */
function rulesOfCycles(rules: Rules): Map<string, string[]> {
  const left = new Map([...rules].map(([name, body]) => [name, [...namesIn(body)]]));
  for (let shrank = true; shrank; ) {
    shrank = false;
    for (const [name, named] of left) {
      if (named.some((other) => left.has(other))) continue;
      left.delete(name);
      shrank = true;
    }
  }
  return left;
}

function* namesIn(e: Expression): Generator<string> {
  if (e.kind === 'rule') yield e.name;
  if (e.kind === 'choice' || e.kind === 'sequence') for (const item of e.items) yield* namesIn(item);
  if (e.kind === 'repeat') yield* namesIn(e.item);
}

function reachable(graph: ReadonlyMap<string, string[]>, from: string, to: string): boolean {
  const seen = new Set<string>();
  const pending = [from];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next === to) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    pending.push(...(graph.get(next) ?? []));
  }
  return false;
}
