import { Bool, type DataType, Field, Float64, Int64, List, Null, Struct, Utf8 } from 'apache-arrow';
import type { JsonSchema } from '../versions/index.ts';

/** The Arrow type of a column's values; text of JSON where they are of several kinds. */
export function arrowType(schema: JsonSchema): DataType {
  const types = [schema.type ?? []].flat().filter((type) => type !== 'null');
  const [type] = types;
  if (types.length === 0) return new Null();
  if (types.length > 1) return new Utf8();
  switch (type) {
    case 'integer':
      return new Int64();
    case 'number':
      return new Float64();
    case 'boolean':
      return new Bool();
    case 'array':
      return new List(new Field('item', arrowType(schema.items ?? {}), true));
    case 'object': {
      const fields = Object.entries(schema.properties ?? {});
      if (fields.length === 0) return new Utf8();
      return new Struct(fields.map(([name, field]) => new Field(name, arrowType(field), true)));
    }
    default:
      return new Utf8();
  }
}

/** A value as Arrow's builders of that schema take it. */
export function arrowValue(value: unknown, schema: JsonSchema): unknown {
  if (value === null || value === undefined) return null;
  const types = [schema.type ?? []].flat().filter((type) => type !== 'null');
  if (types.length !== 1) return typeof value === 'string' ? value : JSON.stringify(value);
  switch (types[0]) {
    case 'integer':
      return BigInt(value as number);
    case 'array':
      return (value as unknown[]).map((item) => arrowValue(item, schema.items ?? {}));
    case 'object': {
      const fields = Object.entries(schema.properties ?? {});
      if (fields.length === 0) return JSON.stringify(value);
      return Object.fromEntries(
        fields.map(([name, field]) => [name, arrowValue((value as Record<string, unknown>)[name], field)]),
      );
    }
    default:
      return value;
  }
}
