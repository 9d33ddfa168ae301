import type { CompileContext, Member } from './context.ts';
import { choice, type Expression, isNever, literal, NEVER, optional, repeat, sequence } from './expression.ts';
import { SchemaInvalidError } from './grammar-errors.ts';
import { anyString } from './json-string.ts';
import { otherKey } from './other-key.ts';
import type { Located } from './schema-source.ts';
import { numberOr } from './string-rule.ts';
import { colon, comma, space } from './whitespace.ts';

const REPORTED = [
  'patternProperties',
  'propertyNames',
  'dependentRequired',
  'dependentSchemas',
  'dependencies',
  'unevaluatedProperties',
] as const;

interface Property {
  readonly name: string;
  readonly required: boolean;
  /** `"name": value`. */
  readonly pair: Expression;
}

export function objectRule(context: CompileContext, members: readonly Member[], key: string): Expression {
  const { table } = context;
  const required = new Set(members.flatMap(requiredOf));
  const names = [...new Set([...members.flatMap(declaredNames), ...required])];
  const properties = names.map((name): Property => {
    const value = context.value(members.flatMap((member) => propertySchemas(context, member, name)));
    const pair = sequence(literal(JSON.stringify(name)), colon(table), value);
    return { name, required: required.has(name), pair };
  });
  const extra = extraPair(context, members, names);
  report(context, members, required.size, isNever(extra) ? names.length : Infinity);
  return sequence(literal('{'), space(table), membersOf(context, properties, extra, key), space(table), literal('}'));
}

/**
 * The pairs in the order of the schema. `after i` are those from `i` on when one came before (with its comma),
 * `first i` when none did: two rules a property, not two to the power of the optional ones.
 */
function membersOf(
  context: CompileContext,
  properties: readonly Property[],
  extra: Expression,
  key: string,
): Expression {
  const { table } = context;
  let after = repeat(sequence(comma(table), extra), 0, Infinity);
  let first = optional(sequence(extra, after));
  for (const [i, { required, pair }] of [...properties.entries()].reverse()) {
    const [restAfter, restFirst] = [after, first];
    const link = sequence(comma(table), pair);
    after = table.define(`after ${i} ${key}`, () => sequence(required ? link : optional(link), restAfter));
    const here = sequence(pair, restAfter);
    first = table.define(`first ${i} ${key}`, () => (required ? here : choice(here, restFirst)));
  }
  return first;
}

/** What applies to one property: each member's own `properties`, or else its `additionalProperties`. */
function propertySchemas(context: CompileContext, member: Member, name: string): Located[] {
  if (declaredNames(member).includes(name)) return [context.source.child(member, 'properties', name)];
  if (member.schema.patternProperties !== undefined || member.schema.additionalProperties === undefined) return [];
  return [context.source.child(member, 'additionalProperties')];
}

/** One undeclared `"key": value`, or NEVER where there may be none. */
function extraPair(context: CompileContext, members: readonly Member[], names: readonly string[]): Expression {
  const { table } = context;
  const says = members.filter(({ schema }) => schema.additionalProperties !== undefined);
  const mentions = says.length > 0 || members.some(({ schema }) => schema.patternProperties !== undefined);
  if (context.options.offer === 'likely' && names.length > 0 && !mentions) return NEVER;
  const goal = says
    .filter(({ schema }) => schema.patternProperties === undefined)
    .map((member) => context.source.child(member, 'additionalProperties'));
  if (goal.some(({ schema }) => schema === false)) return NEVER;
  const name =
    names.length === 0
      ? anyString(table)
      : table.define(`other ${JSON.stringify(names)}`, () => otherKey(table, names));
  return sequence(name, colon(table), context.value(goal));
}

function report(context: CompileContext, members: readonly Member[], least: number, most: number): void {
  for (const member of members) {
    const { schema } = member;
    for (const keyword of REPORTED) if (!allowsAll(schema[keyword])) context.unenforced(member, keyword);
    if (numberOr(schema.minProperties, 0) > least) context.unenforced(member, 'minProperties');
    if (numberOr(schema.maxProperties, Infinity) < most) context.unenforced(member, 'maxProperties');
  }
}

const allowsAll = (value: unknown) =>
  value === undefined ||
  value === true ||
  (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

function declaredNames({ pointer, schema }: Member): string[] {
  if (schema.properties === undefined) return [];
  if (typeof schema.properties !== 'object' || schema.properties === null) {
    throw new SchemaInvalidError(`${pointer}/properties is not an object`);
  }
  return Object.keys(schema.properties);
}

const requiredOf = ({ schema }: Member): string[] =>
  Array.isArray(schema.required) ? schema.required.filter((name) => typeof name === 'string') : [];
