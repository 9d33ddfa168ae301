import { readdirSync, readFileSync } from 'node:fs';
import { getLlama, type Llama } from 'node-llama-cpp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileSchema } from '../src/grammar/compile-schema.ts';
import { FORMAT_PATTERNS } from '../src/grammar/formats.ts';
import { jsonVariants } from './json-variants.ts';

const folder = new URL('../fixtures/json-schema-suite/', import.meta.url);

describe('llama.cpp reads our grammars as we mean them', () => {
  let llama: Llama;
  beforeAll(async () => {
    llama = await getLlama({ gpu: false, build: 'never', logLevel: 'disabled' as never });
  });
  afterAll(() => llama.dispose());

  const matcher = async (gbnf: string) => {
    const grammar = await llama.createGrammar({ grammar: gbnf });
    return (text: string) => (grammar as unknown as { _testText(text: string): boolean })._testText(text);
  };

  test.each(readdirSync(folder).filter((name) => name.endsWith('.json')))('%s', async (file) => {
    for (const { schema, tests } of JSON.parse(readFileSync(new URL(file, folder), 'utf8'))) {
      let gbnf: string;
      try {
        gbnf = compileSchema(schema, { strict: true, offer: 'all' }).gbnf;
      } catch {
        continue;
      }
      const accepts = await matcher(gbnf);
      for (const { data, valid } of tests.slice(0, 4)) {
        if (data === 1e308) continue;
        expect([data, jsonVariants(data, 24).some(accepts)]).toEqual([data, valid]);
      }
    }
  });

  test('formats, long strings and many properties stay within its limits', async () => {
    for (const format of Object.keys(FORMAT_PATTERNS))
      await matcher(compileSchema({ type: 'string', format }, { strict: true }).gbnf);
    const long = await matcher(
      compileSchema({ type: 'string', minLength: 600, maxLength: 9000 }, { strict: true }).gbnf,
    );
    expect([599, 600, 1700, 9000, 9001].map((n) => long(`"${'x'.repeat(n)}"`))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
    const items = await matcher(
      compileSchema(
        {
          type: 'array',
          items: { type: 'object', properties: { a: { type: 'string', maxLength: 1000 } } },
          minItems: 2,
          maxItems: 1500,
        },
        { strict: true },
      ).gbnf,
    );
    expect(items('[{"a":"x"},{}]')).toBe(true);
    expect(items('[{}]')).toBe(false);
    const wide = {
      type: 'object',
      properties: Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`p${i}`, { type: 'string' }])),
      additionalProperties: false,
    };
    expect((await matcher(compileSchema(wide, { strict: true }).gbnf))('{"p3":"a","p499":"b"}')).toBe(true);
  });
});
