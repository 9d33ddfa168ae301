import type { Expression } from './expression.ts';

/** Writes rules in llama.cpp's GBNF; the rule `root` comes first. */
export function printGbnf(rules: ReadonlyMap<string, Expression>): string {
  const names = [...rules.keys()].sort((a, b) => Number(b === 'root') - Number(a === 'root'));
  return `${names.map((name) => `${name} ::= ${print(rules.get(name)!, false)}`).join('\n')}\n`;
}

function print(e: Expression, nested: boolean): string {
  switch (e.kind) {
    case 'literal':
      return `"${[...e.text].map((c) => escapeChar(c.codePointAt(0)!, '"\\')).join('')}"`;
    case 'class':
      return `[${e.ranges.map(([from, to]) => classChar(from) + (to > from ? `-${classChar(to)}` : '')).join('')}]`;
    case 'rule':
      return e.name;
    case 'sequence':
      if (e.items.length === 0) return '""';
      return wrap(e.items.map((item) => print(item, true)).join(' '), nested);
    case 'choice':
      return wrap(e.items.map((item) => print(item, item.kind === 'choice')).join(' | '), nested);
    case 'repeat':
      return print(e.item, true) + quantifier(e.min, e.max);
  }
}

const wrap = (text: string, nested: boolean) => (nested ? `(${text})` : text);

function quantifier(min: number, max: number): string {
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  if (min === 0 && max === 1) return '?';
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

const classChar = (code: number) =>
  /[A-Za-z0-9 ]/.test(String.fromCodePoint(code)) ? String.fromCodePoint(code) : hexEscape(code);

function escapeChar(code: number, special: string): string {
  const char = String.fromCodePoint(code);
  if (special.includes(char)) return `\\${char}`;
  return code >= 0x20 && code < 0x7f ? char : hexEscape(code);
}

function hexEscape(code: number): string {
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
