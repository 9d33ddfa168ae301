import { describe, expect, test } from 'vitest';
import { prepareSchema } from '../src/chat/schema-cache.ts';
import { AppError } from '../src/errors.ts';
import { compileSchema, jsonObjectGrammar } from '../src/grammar/compile-schema.ts';
import { FORMAT_PATTERNS } from '../src/grammar/formats.ts';
import { linearMatcher } from '../src/grammar/regex-match.ts';
import { schemaValidator } from '../src/grammar/validate-json.ts';
import { recogniser } from './gbnf-recogniser.ts';
import { randomFrom } from './random.ts';

const accepts = (schema: unknown) => {
  const matches = recogniser(compileSchema(schema).gbnf);
  return (value: unknown) => matches(typeof value === 'string' ? value : JSON.stringify(value));
};
const text = (value: string) => JSON.stringify(value);

describe('numbers', () => {
  test('an integer range accepts exactly the integers inside it', () => {
    const random = randomFrom(1);
    for (let i = 0; i < 60; i++) {
      const [a, b] = [Math.floor((random() - 0.5) * 2500), Math.floor((random() - 0.5) * 2500)].sort((x, y) => x - y);
      const ok = accepts({ type: 'integer', minimum: a, exclusiveMaximum: b! + 1 });
      for (const value of [
        a! - 1,
        a!,
        a! + 1,
        0,
        7,
        -7,
        b! - 1,
        b!,
        b! + 1,
        Math.floor((a! + b!) / 2),
        a! * 10,
        b! * 10,
      ]) {
        expect(ok(value), `${value} in [${a}, ${b}]`).toBe(value >= a! && value <= b!);
      }
    }
  });

  test('a number range accepts exactly the decimals inside it', () => {
    const random = randomFrom(2);
    const decimal = () => Number(((random() - 0.5) * 10 ** Math.floor(random() * 4)).toFixed(Math.floor(random() * 4)));
    for (let i = 0; i < 80; i++) {
      const [min, max] = [decimal(), decimal()].sort((x, y) => x - y) as [number, number];
      const open = random() < 0.5;
      if (open && min === max) continue;
      const ok = accepts(
        open
          ? { type: 'number', exclusiveMinimum: min, exclusiveMaximum: max }
          : { type: 'number', minimum: min, maximum: max },
      );
      const near = [min, max, min + 0.001, max - 0.001, min - 0.001, max + 0.001, 0, 0.5, -0.5, (min + max) / 2];
      for (const value of near.map((v) => Number(v.toFixed(4)) + 0)) {
        const inside = open ? value > min && value < max : value >= min && value <= max;
        expect(ok(value), `${value} in ${open ? '(' : '['}${min}, ${max}`).toBe(inside);
      }
    }
  });

  test('no leading zeros, no plus sign, no bare point', () => {
    const ok = accepts({ type: 'number' });
    expect(['0', '-0.5', '12.25', '1e5', '1E-7'].map(ok)).toEqual([true, true, true, true, true]);
    expect(['01', '+1', '.5', '1.', '--1', ''].map(ok)).toEqual([false, false, false, false, false, false]);
  });

  test('money: multipleOf 0.01 allows two decimals, also with bounds', () => {
    const ok = accepts({ type: 'number', multipleOf: 0.01, minimum: 0, maximum: 10 });
    expect(['0', '9.99', '10', '10.00', '0.1'].map(ok)).toEqual([true, true, true, true, true]);
    expect(['9.999', '10.01', '-1', '1e1'].map(ok)).toEqual([false, false, false, false]);
  });

  test('a bounded multipleOf is enforced, an unbounded one is named', () => {
    expect([0, 5, 100, 7, 105].map(accepts({ type: 'integer', minimum: 0, maximum: 100, multipleOf: 5 }))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(compileSchema({ type: 'object', properties: { a: { type: 'integer', multipleOf: 7 } } }).unenforced).toEqual(
      ['#/properties/a/multipleOf'],
    );
  });
});

describe('strings', () => {
  test('length is counted in characters, also beyond what llama.cpp repeats', () => {
    const ok = accepts({ type: 'string', minLength: 2, maxLength: 1203 });
    expect(['a', 'ab', '😀😀', '\n"', 'x'.repeat(1203), 'x'.repeat(1204)].map((s) => ok(text(s)))).toEqual([
      false,
      true,
      true,
      true,
      true,
      false,
    ]);
    expect(ok('"\\ud83d\\ude00"')).toBe(false);
    expect(ok('"\\ud83d\\ude00a"')).toBe(true);
  });

  const patterns = [
    '^[A-Z]{2}-\\d{3,5}$',
    'a+',
    '^(?:foo|ba[rz])?$',
    '^\\s*\\w+@\\w+\\.(com|org)$',
    '[^a-z]',
    '^.{1,3}$',
    '^"\\\\\\/$',
    '^(a|b)*c$|^x$',
    '^[\\u00e9-\\u00ef]+$',
    '(?<year>\\d{4})',
  ];
  const samples = [
    'AB-123',
    'AB-123456',
    'caat',
    'foo',
    'bar',
    'baz',
    '',
    'x',
    ' me@it.org',
    'abc',
    'aBc',
    '😀',
    'a\nb',
    '"\\/',
    'ababc',
    'éé',
    'in 2024 or',
    '\u2028',
  ];
  test.each(patterns)('pattern %s matches the same strings as JavaScript', (pattern) => {
    const ok = accepts({ type: 'string', pattern });
    const linear = linearMatcher(pattern);
    for (const sample of samples) {
      const expected = new RegExp(pattern, 'u').test(sample);
      expect(ok(text(sample)), sample).toBe(expected);
      expect(linear(sample), sample).toBe(expected);
    }
  });

  test.each(['^(?=a)b', '(a)\\1', '\\bword', '\\p{L}+'])('pattern %s is named, not dropped', (pattern) => {
    expect(compileSchema({ type: 'string', pattern }).unenforced).toEqual(['#/pattern']);
    expect(() => compileSchema({ type: 'string', pattern }, { strict: true })).toThrow('#/pattern');
  });

  test('a pattern that makes backtracking explode takes linear time', () => {
    expect(linearMatcher('^(a+)+$')(`${'a'.repeat(5000)}!`)).toBe(false);
  });

  const examples: Record<string, [good: string[], bad: string[]]> = {
    date: [
      ['2024-02-29', '1999-12-31', '2000-02-29'],
      ['2023-02-29', '2024-13-01', '2024-04-31', '1900-02-29'],
    ],
    time: [
      ['12:34:56Z', '23:59:59.123+02:00'],
      ['24:00:00Z', '12:34'],
    ],
    'date-time': [['2024-01-01T00:00:00Z'], ['2024-01-01 00:00', '2024-01-01']],
    uuid: [['123e4567-e89b-12d3-a456-426614174000'], ['123e4567']],
    email: [['ada.l+x@example.co.uk'], ['ada', 'a@b', '@x.org', 'a@-x.org']],
    ipv4: [
      ['0.0.0.0', '255.1.20.9'],
      ['256.1.1.1', '1.2.3', '01.2.3.4'],
    ],
    ipv6: [
      ['::', '::1', '2001:db8::ff00:42:8329', '1:2:3:4:5:6:7:8'],
      ['1::2::3', '12345::', ':1'],
    ],
    duration: [
      ['P1Y2M3D', 'PT5M', 'P2W', 'P1DT12H'],
      ['P', 'PT', '1D'],
    ],
    hostname: [
      ['example.org', 'a-b.c'],
      ['-a', 'a..b'],
    ],
    uri: [
      ['https://example.org/a?b=c#d', 'urn:isbn:0451450523'],
      ['/relative', 'http//x', '1a:b'],
    ],
  };
  test.each(Object.keys(FORMAT_PATTERNS))('format %s: what the grammar writes is valid', (format) => {
    const ok = recogniser(compileSchema({ type: 'string', format }, { strict: true }).gbnf);
    const { problems } = schemaValidator({ type: 'string', format });
    const [good, bad] = examples[format]!;
    for (const value of good) expect([value, ok(text(value)), problems(value)]).toEqual([value, true, []]);
    for (const value of bad) expect([value, ok(text(value))]).toEqual([value, false]);
  });
});

describe('objects', () => {
  test('many optional properties cost a linear number of rules', () => {
    const names = Array.from({ length: 200 }, (_, i) => `property_${i}`);
    const schema = {
      type: 'object',
      properties: Object.fromEntries(names.map((n) => [n, { type: 'integer' }])),
      additionalProperties: false,
    };
    const { gbnf } = compileSchema(schema, { strict: true });
    expect(gbnf.split('\n').length).toBeLessThan(900);
    const ok = recogniser(gbnf);
    expect(ok('{}')).toBe(true);
    expect(ok('{"property_3":1, "property_150":2}')).toBe(true);
    expect(ok('{"property_150":1,"property_3":2}')).toBe(false);
    expect(ok('{"property_3":1,}')).toBe(false);
  });

  test('an undeclared property cannot repeat a declared name with another type', () => {
    const ok = accepts({
      type: 'object',
      properties: { id: { type: 'integer' } },
      additionalProperties: { type: 'string' },
    });
    expect(ok({ id: 1, idx: 'a', i: 'b', '': 'c' })).toBe(true);
    expect(ok('{"id":"a"}')).toBe(false);
    expect(ok('{"\\u0069d":"a"}')).toBe(false);
  });

  test('undeclared properties are only offered where the schema speaks of them', () => {
    const schema = { type: 'object', properties: { a: {} } };
    expect(accepts(schema)({ a: 1, b: 2 })).toBe(false);
    expect(recogniser(compileSchema(schema, { offer: 'all' }).gbnf)('{"a":1,"b":2}')).toBe(true);
  });

  test('a recursive schema, a discriminated oneOf and a merged allOf are enforced', () => {
    const schema = {
      $defs: {
        node: {
          oneOf: [
            {
              type: 'object',
              properties: { kind: { const: 'leaf' }, value: { type: 'integer' } },
              required: ['kind', 'value'],
              additionalProperties: false,
            },
            {
              type: 'object',
              properties: { kind: { const: 'pair' }, left: { $ref: '#/$defs/node' }, right: { $ref: '#/$defs/node' } },
              required: ['kind', 'left', 'right'],
              additionalProperties: false,
            },
          ],
        },
      },
      allOf: [
        { type: 'object', properties: { tree: { $ref: '#/$defs/node' } } },
        { required: ['tree'] },
        { properties: { tag: { enum: ['x', 1, null] } } },
      ],
    };
    const { gbnf, unenforced } = compileSchema(schema, { strict: true });
    expect(unenforced).toEqual([]);
    const ok = (value: unknown) => recogniser(gbnf)(JSON.stringify(value));
    const leaf = { kind: 'leaf', value: 1 };
    expect(
      ok({ tree: { kind: 'pair', left: leaf, right: { kind: 'pair', left: leaf, right: leaf } }, tag: null }),
    ).toBe(true);
    expect(ok({ tag: 'x' })).toBe(false);
    expect(ok({ tree: { kind: 'leaf', left: leaf } })).toBe(false);
  });

  test('white space is allowed, and bounded', () => {
    const ok = accepts({
      type: 'object',
      properties: { a: { type: 'array', items: { type: 'integer' } } },
      required: ['a'],
    });
    expect(ok('{\n  "a": [1, 2,\n    3]\n}')).toBe(true);
    expect(ok(`{${' '.repeat(40)}"a":[]}`)).toBe(false);
  });

  test('json_object mode accepts objects only', () => {
    const ok = recogniser(jsonObjectGrammar());
    expect(ok('{"a": [1, {"b": null}], "c": "d\\n"}')).toBe(true);
    expect(['[]', '"a"', '{a:1}', '{"a":1'].map(ok)).toEqual([false, false, false, false]);
  });
});

describe('refusals', () => {
  const code = (run: () => unknown) => {
    try {
      run();
      return undefined;
    } catch (error) {
      return error instanceof AppError ? error.code : error;
    }
  };
  test('what cannot be satisfied, resolved or read is an error, not a surprise', () => {
    expect(code(() => compileSchema({ type: 'object', properties: { a: { $ref: '#' } }, required: ['a'] }))).toBe(
      'inference.schema_invalid',
    );
    expect(code(() => compileSchema({ $ref: '#/$defs/missing' }))).toBe('inference.schema_invalid');
    expect(code(() => compileSchema({ $ref: 'https://example.org/schema' }))).toBe('inference.schema_invalid');
    expect(code(() => compileSchema({ type: 'strnig' }))).toBe('inference.schema_invalid');
    expect(code(() => compileSchema({ type: 'string', enum: [1] }))).toBe('inference.schema_invalid');
    expect(code(() => compileSchema([]))).toBe('inference.schema_invalid');
  });

  test('a schema that is its own alternative is refused before it is used', () => {
    const text = JSON.stringify({ anyOf: [{ $ref: '#' }, { type: 'null' }] });
    for (const schema of ['{"$ref":"#"}', text]) {
      expect(() => prepareSchema(schema, true)).toThrow('it refers to itself without end');
    }
  });

  test('size is bounded: nesting, alternatives, rules', () => {
    let deep: unknown = { type: 'string' };
    for (let i = 0; i < 100; i++) deep = { type: 'array', items: deep };
    expect(code(() => compileSchema(deep))).toBe('inference.schema_too_large');
    const wide = {
      allOf: Array.from({ length: 10 }, () => ({ anyOf: [{ minLength: 1 }, { minLength: 2 }, { minLength: 3 }] })),
    };
    expect(code(() => compileSchema(wide))).toBe('inference.schema_too_large');
    const many = {
      type: 'object',
      properties: Object.fromEntries(
        Array.from({ length: 6000 }, (_, i) => [`p${i}`, { type: 'string', minLength: i }]),
      ),
    };
    expect(code(() => compileSchema(many))).toBe('inference.schema_too_large');
  });

  test('strict output names every keyword it cannot enforce', () => {
    const schema = {
      type: 'object',
      properties: { a: { not: { const: 1 } }, b: { type: 'array', uniqueItems: true } },
      minProperties: 1,
    };
    expect(compileSchema(schema).unenforced).toEqual([
      '#/properties/a/not',
      '#/properties/b/uniqueItems',
      '#/minProperties',
    ]);
    expect(() => compileSchema(schema, { strict: true })).toThrow(
      '#/properties/a/not, #/properties/b/uniqueItems, #/minProperties',
    );
  });
});
