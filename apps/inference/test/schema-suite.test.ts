import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { AppError } from '../src/errors.ts';
import { compileSchema } from '../src/grammar/compile-schema.ts';
import { recogniser } from './gbnf-recogniser.ts';
import { jsonVariants } from './json-variants.ts';

interface Case {
  description: string;
  schema: unknown;
  tests: { description: string; data: unknown; valid: boolean }[];
}

const folder = new URL('../fixtures/json-schema-suite/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

/** Valid values that the grammar leaves out on purpose. */
const LEFT_OUT: Record<string, string> = {
  'always invalid, but naive implementations may raise an overflow error': 'no exponent form for integers',
};

let supported = 0;
let refused = 0;

describe.each(files)('%s', (file) => {
  const cases = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Case[];
  for (const { description, schema, tests } of cases) {
    test(`${description}: enforced exactly, or refused by name`, () => {
      let grammar: string;
      try {
        grammar = compileSchema(schema, { strict: true, offer: 'all' }).gbnf;
        supported++;
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
        expect((error as AppError).message).toMatch(/#|no value can satisfy/);
        if (/no value can satisfy/.test(String(error))) expect(tests.filter((t) => t.valid)).toEqual([]);
        refused++;
        return;
      }
      const accepts = recogniser(grammar);
      for (const { description: name, data, valid } of tests) {
        if (LEFT_OUT[name]) continue;
        const accepted = jsonVariants(data).some(accepts);
        expect(accepted, `${name}: ${JSON.stringify(data)}`).toBe(valid);
      }
    });

    test(`${description}: without strict, no valid value is excluded`, () => {
      let accepts: (text: string) => boolean;
      try {
        accepts = recogniser(compileSchema(schema, { offer: 'all' }).gbnf);
      } catch (error) {
        expect((error as AppError).code).toBe('inference.schema_invalid');
        return;
      }
      for (const { description: name, data, valid } of tests) {
        if (!valid || LEFT_OUT[name]) continue;
        expect(jsonVariants(data).some(accepts), `${name}: ${JSON.stringify(data)}`).toBe(true);
      }
    });
  }
});

test('most of the suite is enforced, not refused', () => {
  expect(supported).toBeGreaterThan(refused);
  console.info(`JSON Schema suite: ${supported} schemas enforced exactly, ${refused} refused by name`);
});
