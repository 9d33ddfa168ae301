import type { CompileOptions, Member } from './context.ts';
import { SchemaInvalidError } from './grammar-errors.ts';

export type JsonType = 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null';

const ALL: readonly JsonType[] = ['object', 'array', 'string', 'number', 'boolean', 'null'];
const KNOWN = new Set<unknown>([...ALL, 'integer']);

/** The types a value may have when all members apply. */
export function typesOfMembers(members: readonly Member[], offer: CompileOptions['offer']): JsonType[] {
  const declared = members.filter(({ schema }) => schema.type !== undefined);
  if (declared.length === 0) return offer === 'likely' ? likelyTypes(members) : [...ALL];
  return declared.map(typesOf).reduce((types, next) => types.flatMap((type) => intersect(type, next)));
}

function typesOf({ pointer, schema }: Member): JsonType[] {
  const types = [schema.type].flat();
  for (const type of types) {
    if (!KNOWN.has(type)) throw new SchemaInvalidError(`${pointer}/type: "${String(type)}" is no type`);
  }
  const known = types as JsonType[];
  const unique = known.filter((type) => type !== 'integer' || !known.includes('number'));
  return schema.nullable === true && !unique.includes('null') ? [...unique, 'null'] : unique;
}

function intersect(type: JsonType, with_: readonly JsonType[]): JsonType[] {
  if (with_.includes(type)) return [type];
  if (type === 'integer' && with_.includes('number')) return ['integer'];
  return type === 'number' && with_.includes('integer') ? ['integer'] : [];
}

const HINTS: readonly [JsonType, readonly string[]][] = [
  ['object', ['properties', 'required', 'additionalProperties', 'patternProperties', 'propertyNames']],
  ['array', ['items', 'prefixItems', 'minItems', 'maxItems', 'contains']],
  ['string', ['pattern', 'format', 'minLength', 'maxLength']],
  ['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
];

/** Without a `type`, keywords that only concern one type say which one is meant. */
function likelyTypes(members: readonly Member[]): JsonType[] {
  const hinted = HINTS.filter(([, keywords]) => members.some(({ schema }) => keywords.some((k) => k in schema)));
  return hinted.length > 0 ? hinted.map(([type]) => type) : [...ALL];
}
