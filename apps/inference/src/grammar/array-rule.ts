import type { CompileContext, Member } from './context.ts';
import { choice, EMPTY, type Expression, isNever, literal, optional, sequence } from './expression.ts';
import { countedRepeat } from './json-string.ts';
import type { Located } from './schema-source.ts';
import { numberOr } from './string-rule.ts';
import { comma, space } from './whitespace.ts';

export function arrayRule(context: CompileContext, members: readonly Member[], key: string): Expression {
  const { table } = context;
  let min = 0;
  let max = Infinity;
  for (const { schema } of members) {
    min = Math.max(min, numberOr(schema.minItems, 0));
    max = Math.min(max, Math.floor(numberOr(schema.maxItems, Infinity)));
  }
  for (const member of members) {
    if (member.schema.contains !== undefined) context.unenforced(member, 'contains');
    if (![undefined, true].includes(member.schema.unevaluatedItems as undefined))
      context.unenforced(member, 'unevaluatedItems');
    if (member.schema.uniqueItems === true && max > 1) context.unenforced(member, 'uniqueItems');
  }
  const prefixLength = Math.max(0, ...members.map((member) => prefixOf(member)?.list.length ?? 0));
  let tail: Expression = EMPTY;
  if (max > prefixLength) {
    const item = context.value(members.flatMap((member) => itemAt(context, member, prefixLength)));
    const next = table.define(`item ${key}`, () => sequence(comma(table), item));
    const needed = Math.max(0, min - prefixLength);
    tail = isNever(item)
      ? emptyUnless(needed > 0)
      : afterPrefix(context, prefixLength, item, next, key, needed, max - prefixLength);
  } else if (min > prefixLength) tail = choice();
  for (let i = Math.min(prefixLength, max) - 1; i >= 0; i--) {
    const item = context.value(members.flatMap((member) => itemAt(context, member, i)));
    const here = sequence(i > 0 ? comma(table) : EMPTY, item, tail);
    tail = table.define(`prefix ${i} ${key}`, () => (i >= min ? optional(here) : here));
  }
  return sequence(literal('['), space(table), tail, space(table), literal(']'));
}

/** `needed` to `max` items after `index` others. */
function afterPrefix(
  context: CompileContext,
  index: number,
  item: Expression,
  next: Expression,
  key: string,
  needed: number,
  max: number,
): Expression {
  if (index > 0) return countedRepeat(context.table, next, `item ${key}`, needed, max);
  const some = sequence(item, countedRepeat(context.table, next, `item ${key}`, Math.max(0, needed - 1), max - 1));
  return needed === 0 ? optional(some) : some;
}

const emptyUnless = (impossible: boolean) => (impossible ? choice() : EMPTY);

/** `prefixItems`, or the list form of `items` before draft 2020-12. */
function prefixOf({ schema }: Member): { keyword: string; list: unknown[]; rest: string } | undefined {
  if (Array.isArray(schema.prefixItems)) return { keyword: 'prefixItems', list: schema.prefixItems, rest: 'items' };
  if (Array.isArray(schema.items)) return { keyword: 'items', list: schema.items, rest: 'additionalItems' };
  return undefined;
}

function itemAt(context: CompileContext, member: Member, index: number): Located[] {
  const prefix = prefixOf(member);
  if (prefix && index < prefix.list.length) return [context.source.child(member, prefix.keyword, index)];
  const rest = prefix?.rest ?? 'items';
  return member.schema[rest] === undefined ? [] : [context.source.child(member, rest)];
}
