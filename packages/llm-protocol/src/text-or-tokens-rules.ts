import { refuse, refuseValue } from './request-field.ts';

const EXPECTED = 'a string, an array of strings, or token ids';

/** A `prompt` or `input`: one text, several, one list of token ids, or several. `maxItems` bounds texts and lists. */
export function checkTextOrTokens(value: unknown, param: string, allowEmptyText: boolean, maxItems: number): void {
  if (typeof value === 'string') {
    if (value === '' && !allowEmptyText) refuseValue(param, 'text that is not empty', value);
    return;
  }
  if (!Array.isArray(value)) refuse(param, EXPECTED, value);
  const first: unknown = value[0];
  if (first === undefined) refuseValue(param, 'at least one item', value);
  if (typeof first === 'number') {
    checkTokens(value, param);
    return;
  }
  if (value.length > maxItems) refuseValue(param, `at most ${maxItems} items`, value.length);
  for (let i = 0; i < value.length; i++) {
    const item: unknown = value[i];
    if (typeof item !== typeof first) refuse(`${param}[${i}]`, 'the same type as the items before it', item);
    if (typeof item === 'string') {
      if (item === '' && !allowEmptyText) refuseValue(`${param}[${i}]`, 'text that is not empty', item);
    } else if (!Array.isArray(item)) refuse(`${param}[${i}]`, EXPECTED, item);
    else if (item.length === 0) refuseValue(`${param}[${i}]`, 'at least one token id', item);
    else checkTokens(item, `${param}[${i}]`);
  }
}

function checkTokens(tokens: readonly unknown[], param: string): void {
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (typeof token !== 'number') refuse(`${param}[${i}]`, 'a token id', token);
    if (!Number.isInteger(token) || token < 0) refuseValue(`${param}[${i}]`, 'a token id', token);
  }
}
