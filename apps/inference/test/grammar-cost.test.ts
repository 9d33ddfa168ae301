import { describe, expect, test } from 'vitest';
import { compileSchema } from '../src/grammar/compile-schema.ts';
import { recogniser } from './gbnf-recogniser.ts';

describe('what a grammar costs the engine', () => {
  test('a long enum shares common beginnings, and is still exactly its values', () => {
    const values = [...Array.from({ length: 300 }, (_, i) => `value ${i}`), '', 'v', '🎉a', '🎉b', 'a"b', ...'αβγ'];
    const { gbnf } = compileSchema({ enum: values });
    const matches = recogniser(gbnf);
    for (const value of values) expect(matches(JSON.stringify(value))).toBe(true);
    for (const other of ['value 300', 'value', 'va', '🎉', 'value 1 '])
      expect(matches(JSON.stringify(other))).toBe(false);
    expect(gbnf.split('alue ').length).toBe(2);
    const nested = Array.from({ length: 300 }, (_, i) => 'a'.repeat(i));
    const deep = recogniser(compileSchema({ enum: nested }).gbnf);
    expect([deep(JSON.stringify(nested[299])), deep(JSON.stringify('a'.repeat(300)))]).toEqual([true, false]);
  });

  test('a pattern whose counts multiply is refused: it would hold up all requests', () => {
    const strict = (pattern: string) => () => compileSchema({ type: 'string', pattern }, { strict: true });
    expect(strict('^((a|aa|aaa|b){0,20}c?){0,20}$')).toThrow('#/pattern');
    expect(strict('^(\\w{1,40} ?){1,40}$')).toThrow('#/pattern');
    for (const fine of ['^([a-z]{1,10} ?){1,50}$', '^[a-z]{1,5000}$', '^([0-9a-f]{4}){1,400}$', '^(\\w+, )*\\w+$'])
      expect(strict(fine)).not.toThrow();
  });

  test('alternatives that nest before they differ are refused: each level would multiply the work', () => {
    const union = (properties: (i: number) => [string, unknown][]) => ({
      $defs: {
        e: {
          anyOf: [0, 1, 2].map((i) => ({
            type: 'object',
            properties: Object.fromEntries(properties(i)),
            required: properties(i).map(([name]) => name),
            additionalProperties: false,
          })),
        },
        maybe: { anyOf: [{ $ref: '#/$defs/e' }, { type: 'null' }] },
        list: { type: 'array', items: { $ref: '#/$defs/e' } },
      },
      $ref: '#/$defs/e',
    });
    const [maybe, list, text] = [{ $ref: '#/$defs/maybe' }, { $ref: '#/$defs/list' }, { type: 'string' }];
    const compile = (properties: (i: number) => [string, unknown][]) => () => compileSchema(union(properties));
    expect(
      compile((i) => [
        ['x', maybe],
        [`p${i}`, text],
      ]),
    ).toThrow('begin alike');
    expect(
      compile((i) => [
        ['x', list],
        ['kind', { const: i }],
      ]),
    ).toThrow('begin alike');
    expect(
      compile((i) => [
        ['kind', { const: i }],
        ['x', list],
      ]),
    ).not.toThrow();
    expect(
      compile((i) => [
        ['name', text],
        ['kind', { const: i }],
        ['x', maybe],
      ]),
    ).not.toThrow();
    expect(compile((i) => [[`x${i}`, list]])).not.toThrow();
  });
});
