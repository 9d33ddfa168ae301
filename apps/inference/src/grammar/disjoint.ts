import type { Located, SchemaObject, SchemaSource } from './schema-source.ts';

/** Whether no value can match two of the schemas; false when that is not obvious. Makes `oneOf` the same as `anyOf`. */
export function provablyDisjoint(source: SchemaSource, options: readonly Located[]): boolean {
  return options.every((a, i) => options.slice(i + 1).every((b) => disjoint(source, a, b, 3)));
}

function disjoint(source: SchemaSource, left: Located, right: Located, depth: number): boolean {
  const [a, b] = [target(source, left), target(source, right)];
  if (a.schema === false || b.schema === false) return true;
  if (a.schema === true || b.schema === true) return false;
  const [typesA, typesB] = [typesOf(a.schema), typesOf(b.schema)];
  if (typesA && typesB && !typesA.some((t) => typesB.includes(t))) return true;
  const [valuesA, valuesB] = [valuesOf(a.schema), valuesOf(b.schema)];
  if (valuesA && valuesB) return !valuesA.some((v) => valuesB.includes(v));
  if (depth === 0 || !typesA?.every((t) => t === 'object') || !typesB?.every((t) => t === 'object')) return false;
  return required(a.schema).some(
    (name) =>
      required(b.schema as SchemaObject).includes(name) &&
      hasProperty(a.schema, name) &&
      hasProperty(b.schema, name) &&
      disjoint(source, source.child(a, 'properties', name), source.child(b, 'properties', name), depth - 1),
  );
}

/** Follows bare references. */
function target(source: SchemaSource, from: Located): Located {
  let at = from;
  for (let i = 0; i < 16 && typeof at.schema === 'object' && typeof at.schema.$ref === 'string'; i++) {
    at = source.resolve(at.schema.$ref, at.pointer);
  }
  return at;
}

function valuesOf(schema: SchemaObject): string[] | undefined {
  if ('const' in schema) return [JSON.stringify(schema.const)];
  return Array.isArray(schema.enum) ? schema.enum.map((v) => JSON.stringify(v)) : undefined;
}

/** Types of the values, `integer` counted as `number`. */
function typesOf(schema: SchemaObject): string[] | undefined {
  const values = 'const' in schema ? [schema.const] : schema.enum;
  if (Array.isArray(values)) return values.map(typeOfValue);
  if (schema.type === undefined) return undefined;
  const types = [schema.type].flat().map((t) => (t === 'integer' ? 'number' : String(t)));
  return schema.nullable === true ? [...types, 'null'] : types;
}

const typeOfValue = (value: unknown) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

const required = (schema: SchemaObject): string[] => (Array.isArray(schema.required) ? schema.required : []);

const hasProperty = (schema: unknown, name: string) => {
  const { properties } = schema as SchemaObject;
  return typeof properties === 'object' && properties !== null && Object.hasOwn(properties, name);
};
