import { describe, expect, test } from 'vitest';
import { InvalidRequestError } from './invalid-request-error.ts';
import { parseJsonBody } from './parse-json-body.ts';

function refusal(body: Buffer | string, maxDepth?: number): InvalidRequestError {
  try {
    parseJsonBody(body, maxDepth === undefined ? {} : { maxDepth });
  } catch (error) {
    if (error instanceof InvalidRequestError) return error;
    throw error;
  }
  throw new Error('expected a refusal');
}

describe('parseJsonBody', () => {
  test('gives what JSON.parse gives, from bytes and from text', () => {
    for (const value of [{ a: [1, -2.5e3, 'x"\\\n\u0001漢😀', null, true] }, [], 'text', 7, { '{"[': '}]' }]) {
      expect(parseJsonBody(JSON.stringify(value))).toEqual(value);
      expect(parseJsonBody(Buffer.from(JSON.stringify(value, null, 2)))).toEqual(value);
    }
  });

  test('the deepest level allowed passes, one more does not', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(() => parseJsonBody(nested(64))).not.toThrow();
    expect(refusal(nested(65)).code).toBe('json_too_deep');
    expect(refusal('{"a":{"b":1}}', 1).message).toContain('at position 5');
  });

  test('100,000 levels are refused, closed or not, in arrays and objects', () => {
    for (const body of ['['.repeat(100_000), '['.repeat(1e5) + ']'.repeat(1e5), '{"a":'.repeat(100_000)]) {
      expect(refusal(Buffer.from(body)).code).toBe('json_too_deep');
    }
  });

  test('brackets inside strings do not count, whatever the escapes before the closing quote', () => {
    for (const text of [
      '[{'.repeat(500),
      '"'.repeat(100),
      '\\'.repeat(101),
      `${'x'.repeat(100)}\\"[`,
      '\\"'.repeat(99),
    ]) {
      for (let shift = 0; shift < 40; shift++) {
        const value = { text: 'y'.repeat(shift) + text, after: [[1]] };
        expect(parseJsonBody(Buffer.from(JSON.stringify(value)), { maxDepth: 3 })).toEqual(value);
      }
    }
    expect(refusal(`{"a":"\\\\","b":${'['.repeat(100)}`).code).toBe('json_too_deep');
  });

  test('strings of 10 MB pass: plain, all escaped quotes, all backslashes', () => {
    for (const piece of ['x', '"', '\\']) {
      const value = { text: piece.repeat(5_000_000) };
      expect(parseJsonBody(Buffer.from(JSON.stringify(value)))).toEqual(value);
    }
  });

  test.each([
    ['', 'line 1, column 1 (position 0): the text ends, expected a value.'],
    ['{"a":1', 'position 6): the text ends, expected "," or "}"'],
    ['{"a" 1}', 'line 1, column 6 (position 5): expected ":"'],
    ['{\n  "a": 1,\n}', 'line 3, column 1 (position 12): expected a key in double quotes'],
    ['[1,]', 'position 3): expected a value'],
    ['[1 2]', 'position 3): expected "," or "]"'],
    ['[1}', 'position 2): expected "," or "]"'],
    ["{'a':1}", 'position 1): expected a key in double quotes or "}"'],
    ['{} x', 'position 3): expected nothing more'],
    ['{"a": undefined}', 'position 6): expected a value'],
    ['["\\x"]', 'position 3): expected a valid escape'],
    ['["a\nb"]', 'position 3): expected an escape in place of a control character'],
    ['["abc', 'the text ends, expected the end of a string'],
    ['[01]', 'position 2): expected "," or "]"'],
  ])('%j: says where and what was expected', (body, message) => {
    const error = refusal(body);
    expect(error.code).toBe('invalid_json');
    expect(error.message).toContain(message);
  });

  test('a body cut at any byte is refused, and the message quotes nothing of it', () => {
    const body = '{"secret":"sk-value","n":[1,2.5,true,{"x":null}]}';
    for (let at = 0; at < body.length; at++) {
      const cut = refusal(body.slice(0, at));
      expect(cut.code).toBe('invalid_json');
      expect(cut.message).not.toContain('sk-value');
    }
  });

  test('bytes that are not UTF-8 are refused', () => {
    expect(refusal(Buffer.from([0x22, 0xff, 0x22])).code).toBe('invalid_encoding');
  });
});
