import { type CompiledSchema, compileSchema, parseSchema } from '../grammar/compile-schema.ts';
import { type SchemaValidator, schemaValidator } from '../grammar/validate-json.ts';

export interface PreparedSchema extends CompiledSchema {
  readonly schema: unknown;
  readonly validator: SchemaValidator;
}

const MAX_KEPT = 128;
const kept = new Map<string, PreparedSchema>();

/** A compiled schema, kept for the next request with the same one. */
export function prepareSchema(text: string, strict: boolean): PreparedSchema {
  const key = `${strict} ${text}`;
  const known = kept.get(key);
  if (known) {
    kept.delete(key);
    kept.set(key, known);
    return known;
  }
  const schema = parseSchema(text);
  const prepared = { ...compileSchema(schema, { strict }), schema, validator: schemaValidator(schema) };
  kept.set(key, prepared);
  if (kept.size > MAX_KEPT) kept.delete(kept.keys().next().value!);
  return prepared;
}
