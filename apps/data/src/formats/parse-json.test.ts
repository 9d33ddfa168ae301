import { expect, test } from 'vitest';
import { parseJson } from './parse-json.ts';

test('numbers that JavaScript cannot hold keep their digits as text', () => {
  const text =
    '{"big":9007199254740993,"far":[1e400,-1E+400],"safe":9007199254740991,"float":1.5e300,"s":"1e400","small":1e-400}';
  expect(parseJson(text)).toEqual({
    big: '9007199254740993',
    far: ['1e400', '-1E+400'],
    safe: 9_007_199_254_740_991,
    float: 1.5e300,
    s: '1e400',
    small: 0,
  });
});
