import type { SchemaCheck } from '@llmops/contracts/data/v1/validation';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { RE2JS } from 're2js';
import { type RunningCheck, rowCheck, shown } from './running-check.ts';

/** Throws what is wrong with the schema. References to other documents are refused, nothing is loaded. */
export function schemaCheck({ schemaJson }: SchemaCheck): RunningCheck {
  // All errors, though one is told: else the code for each property is nested in that of the one before, too deep for 5,000.
  const ajv = new Ajv2020({ strict: false, logger: false, allErrors: true, code: { regExp: linearPatterns() } });
  // The default export of a CommonJS module arrives in two shapes.
  (addFormats as unknown as { default?: typeof addFormats.default }).default?.(ajv);
  const schema = JSON.parse(schemaJson) as Record<string, unknown>;
  // Older drafts are read as 2020-12, which differs in `items` only.
  const { $schema: _, ...body } = schema;
  const validate = ajv.compile(body);
  return rowCheck('do not follow the schema', ({ value }) => {
    if (validate(value)) return undefined;
    const error = validate.errors![0]!;
    return { column: columnOf(error), value: shown(faultyValue(value, error.instancePath)), message: messageOf(error) };
  });
}

/** A schema's patterns run in RE2 too: a schema cannot make a row take for ever. */
function linearPatterns() {
  const known = new Map<string, RE2JS>();
  const compile = (pattern: string) => {
    const compiled = known.get(pattern) ?? RE2JS.compile(pattern);
    known.set(pattern, compiled);
    // Ajv keeps patterns by their text: without it, all would be the first one.
    return { test: (text: string) => compiled.test(text), toString: () => pattern };
  };
  return Object.assign(compile, { code: 're2' });
}

function messageOf({ message = 'is not valid', params }: ErrorObject): string {
  const allowed = (params as { allowedValues?: unknown[] }).allowedValues;
  return allowed ? `${message}: ${shown(allowed)}` : message;
}

/** `/messages/0/content` is `messages[].content`. */
function columnOf({ instancePath, params }: ErrorObject): string {
  const missing = (params as { missingProperty?: string }).missingProperty;
  const path = segmentsOf(instancePath).reduce((column, segment) => {
    if (/^\d+$/.test(segment) && column !== '') return `${column}[]`;
    return column === '' ? segment : `${column}.${segment}`;
  }, '');
  return [path, missing ?? ''].filter((part) => part !== '').join('.');
}

const segmentsOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));

function faultyValue(row: unknown, pointer: string): unknown {
  return segmentsOf(pointer).reduce<unknown>(
    (value, segment) => (value as Record<string, unknown> | undefined)?.[segment],
    row,
  );
}
