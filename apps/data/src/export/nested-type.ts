import { quoteName } from '../duckdb/index.ts';
import type { JsonSchema } from '../versions/index.ts';

const simple: Record<string, string> = { string: 'VARCHAR', integer: 'BIGINT', number: 'DOUBLE', boolean: 'BOOLEAN' };

/** The SQL type that holds a column's values as they are, nested ones too; JSON where values are of several kinds. */
export function nestedType(schema: JsonSchema): string {
  const types = [schema.type ?? []].flat().filter((type) => type !== 'null');
  const [type] = types;
  if (types.length !== 1 || type === undefined) return types.length === 0 ? 'VARCHAR' : 'JSON';
  if (type === 'array') return `${nestedType(schema.items ?? {})}[]`;
  if (type !== 'object') return simple[type] ?? 'JSON';
  if (schema.additionalProperties) return `MAP(VARCHAR, ${nestedType(schema.additionalProperties)})`;
  const fields = Object.entries(schema.properties ?? {});
  const names = new Set(fields.map(([name]) => name.toLowerCase()));
  // A struct needs fields, and SQL does not tell "a" from "A".
  if (fields.length === 0 || names.size < fields.length) return 'JSON';
  return `STRUCT(${fields.map(([name, field]) => `${quoteName(name)} ${nestedType(field)}`).join(', ')})`;
}
