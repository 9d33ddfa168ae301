import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { SchemaInvalidError } from './grammar-errors.ts';
import { linearMatcher } from './regex-match.ts';

export interface SchemaValidator {
  /** Problems of `value`, as `/path: what is wrong`; empty when it is valid. */
  problems(value: unknown): string[];
  /** Whether a value is valid against the part of the schema at `pointer` (`#/properties/a`). */
  at(pointer: string): (value: unknown) => boolean;
}

/**
 * Validates against a JSON schema of a caller, draft 2020-12, formats included.
 * Patterns run on a matcher of linear time; those it does not know are not checked.
 * @throws AppError `inference.schema_invalid`
 */
export function schemaValidator(document: unknown): SchemaValidator {
  const ajv = new Ajv2020({ strict: false, allErrors: false, logger: false, code: { regExp: safeRegExp } });
  // The default export of a CommonJS module arrives in two shapes.
  (addFormats as unknown as { default?: typeof addFormats.default }).default?.(ajv);
  const id = 'urn:llmops:schema';
  const schema = typeof document === 'object' && document !== null ? { ...document, $id: id } : document;
  delete (schema as { $schema?: unknown }).$schema;
  let whole: ValidateFunction;
  try {
    ajv.addSchema(schema as object, id);
    whole = ajv.compile({ $ref: id });
    // A schema that is its own alternative ({"$ref": "#"}) would only be found out by the first answer.
    whole(null);
  } catch (error) {
    if (error instanceof RangeError) throw new SchemaInvalidError('it refers to itself without end');
    throw new SchemaInvalidError(error instanceof Error ? error.message : String(error));
  }
  return {
    problems: (value) =>
      whole(value) ? [] : (whole.errors ?? []).map((e) => `${e.instancePath || '/'}: ${e.message ?? e.keyword}`),
    at: (pointer) => {
      const part = ajv.compile({ $ref: `${id}${encodeURI(pointer)}` });
      return (value) => part(value) as boolean;
    },
  };
}

const safeRegExp = Object.assign(
  (pattern: string) => {
    let matches: (text: string) => boolean;
    try {
      matches = linearMatcher(pattern);
    } catch {
      matches = () => true;
    }
    // Ajv tells one pattern from another by this text.
    return { test: matches, toString: () => pattern } as unknown as RegExp;
  },
  { code: 'safeRegExp' },
);
