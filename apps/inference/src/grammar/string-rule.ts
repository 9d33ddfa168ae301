import type { CompileContext, Member } from './context.ts';
import type { Expression } from './expression.ts';
import { FORMAT_PATTERNS } from './formats.ts';
import { SchemaInvalidError } from './grammar-errors.ts';
import { stringOfLength } from './json-string.ts';
import { RegexUnsupportedError } from './regex-parse.ts';
import { patternString } from './regex-to-grammar.ts';

/** Longer bounds cost more rules than they are worth; they are only checked afterwards. */
const MAX_ENFORCED_LENGTH = 10_000;

/** One of pattern, format and length is enforced, in this order; what else stands beside it is reported. */
export function stringRule(context: CompileContext, members: readonly Member[]): Expression {
  const candidates = members.flatMap((member) => [
    ...(typeof member.schema.pattern === 'string'
      ? [{ member, keyword: 'pattern', source: member.schema.pattern }]
      : []),
    ...(typeof member.schema.format === 'string'
      ? [{ member, keyword: 'format', source: FORMAT_PATTERNS[member.schema.format] }]
      : []),
  ]);
  candidates.sort((a, b) => Number(a.keyword === 'format') - Number(b.keyword === 'format'));
  let chosen: Expression | undefined;
  const seen = new Set<string>();
  for (const { member, keyword, source } of candidates) {
    if (source !== undefined && seen.has(source)) continue;
    const rule =
      chosen || source === undefined ? undefined : tryPattern(context, source, `${member.pointer}/${keyword}`);
    if (rule) {
      chosen = rule;
      seen.add(source!);
    } else context.unenforced(member, keyword);
  }
  return chosen ? reportLengths(context, members, chosen) : lengths(context, members);
}

function tryPattern(context: CompileContext, pattern: string, pointer: string): Expression | undefined {
  try {
    return patternString(context.table, pattern);
  } catch (error) {
    if (error instanceof RegexUnsupportedError) return undefined;
    if (error instanceof SyntaxError) throw new SchemaInvalidError(`${pointer} is no regular expression`);
    throw error;
  }
}

function reportLengths(context: CompileContext, members: readonly Member[], rule: Expression): Expression {
  for (const member of members) {
    if (numberOr(member.schema.minLength, 0) > 0) context.unenforced(member, 'minLength');
    if (member.schema.maxLength !== undefined) context.unenforced(member, 'maxLength');
  }
  return rule;
}

function lengths(context: CompileContext, members: readonly Member[]): Expression {
  let min = 0;
  let max = Infinity;
  for (const member of members) {
    const low = numberOr(member.schema.minLength, 0);
    const high = numberOr(member.schema.maxLength, Infinity);
    if (low > MAX_ENFORCED_LENGTH) context.unenforced(member, 'minLength');
    else min = Math.max(min, Math.ceil(low));
    if (high !== Infinity && high > MAX_ENFORCED_LENGTH) context.unenforced(member, 'maxLength');
    else max = Math.min(max, Math.floor(high));
  }
  return stringOfLength(context.table, min, max);
}

export const numberOr = (value: unknown, otherwise: number) => (typeof value === 'number' ? value : otherwise);
