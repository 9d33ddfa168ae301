/** Inclusive ranges of code points. */
export type CodePointRange = readonly [from: number, to: number];

/** A grammar expression. `NEVER`, an alternation of nothing, matches no text. */
export type Expression =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'class'; readonly ranges: readonly CodePointRange[] }
  | { readonly kind: 'rule'; readonly name: string }
  | { readonly kind: 'sequence'; readonly items: readonly Expression[] }
  | { readonly kind: 'choice'; readonly items: readonly Expression[] }
  | { readonly kind: 'repeat'; readonly item: Expression; readonly min: number; readonly max: number };

export const NEVER: Expression = { kind: 'choice', items: [] };
export const EMPTY: Expression = { kind: 'sequence', items: [] };
export const MAX_CODE_POINT = 0x10ffff;

export const isNever = (e: Expression) => e.kind === 'choice' && e.items.length === 0;
const isEmpty = (e: Expression) => e.kind === 'sequence' && e.items.length === 0;

export const literal = (text: string): Expression => (text === '' ? EMPTY : { kind: 'literal', text });
export const rule = (name: string): Expression => ({ kind: 'rule', name });

export function charClass(ranges: readonly CodePointRange[]): Expression {
  return ranges.length === 0 ? NEVER : { kind: 'class', ranges: normaliseRanges(ranges) };
}

export function sequence(...items: Expression[]): Expression {
  if (items.some(isNever)) return NEVER;
  const flat = items.flatMap((item) => (item.kind === 'sequence' ? item.items : [item]));
  return flat.length === 1 ? flat[0]! : { kind: 'sequence', items: flat };
}

export function choice(...items: Expression[]): Expression {
  const flat = items.flatMap((item) => (item.kind === 'choice' ? item.items : [item]));
  return flat.length === 1 ? flat[0]! : { kind: 'choice', items: flat };
}

/** `item` between `min` and `max` times; `max` may be Infinity. */
export function repeat(item: Expression, min: number, max: number): Expression {
  if (max < min) return NEVER;
  if (max === 0 || isEmpty(item)) return EMPTY;
  if (isNever(item)) return min === 0 ? EMPTY : NEVER;
  return min === 1 && max === 1 ? item : { kind: 'repeat', item, min, max };
}

export const optional = (item: Expression) => repeat(item, 0, 1);

/** Sorted, without overlaps. */
function normaliseRanges(ranges: readonly CodePointRange[]): CodePointRange[] {
  const sorted = [...ranges].filter(([from, to]) => from <= to).sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = merged.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** What is in the Unicode range and not in `ranges`. */
export function complementRanges(ranges: readonly CodePointRange[]): CodePointRange[] {
  const out: CodePointRange[] = [];
  let next = 0;
  for (const [from, to] of normaliseRanges(ranges)) {
    if (from > next) out.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= MAX_CODE_POINT) out.push([next, MAX_CODE_POINT]);
  return out;
}

export function intersectRanges(a: readonly CodePointRange[], b: readonly CodePointRange[]): CodePointRange[] {
  return complementRanges([...complementRanges(a), ...complementRanges(b)]);
}
