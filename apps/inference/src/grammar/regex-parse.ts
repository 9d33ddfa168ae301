import { type CodePointRange, complementRanges, MAX_CODE_POINT } from './expression.ts';

/** The syntax tree of a regular expression, ECMA-262 with the `u` flag, as far as a grammar can express it. */
export type Regex =
  | { readonly kind: 'set'; readonly ranges: readonly CodePointRange[] }
  | { readonly kind: 'sequence'; readonly items: readonly Regex[] }
  | { readonly kind: 'choice'; readonly items: readonly Regex[] }
  | { readonly kind: 'repeat'; readonly item: Regex; readonly min: number; readonly max: number }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' };

/** Look-around, back references, word boundaries, Unicode properties: valid, but not regular or not worth it here. */
export class RegexUnsupportedError extends Error {}

const DIGIT: CodePointRange[] = [[0x30, 0x39]];
const WORD: CodePointRange[] = [...DIGIT, [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]];
const SPACE: CodePointRange[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
const LINE_END: CodePointRange[] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];
const CLASSES: Record<string, readonly CodePointRange[]> = {
  d: DIGIT,
  D: complementRanges(DIGIT),
  w: WORD,
  W: complementRanges(WORD),
  s: SPACE,
  S: complementRanges(SPACE),
};
const CONTROLS: Record<string, number> = { t: 9, n: 10, v: 11, f: 12, r: 13, 0: 0 };

/** @throws RegexUnsupportedError for what cannot be translated, SyntaxError for what is no regular expression. */
export function parseRegex(pattern: string): Regex {
  new RegExp(pattern, 'u');
  const parser = new Parser([...pattern]);
  return parser.parse();
}

class Parser {
  private at = 0;
  constructor(private readonly chars: readonly string[]) {}

  parse(): Regex {
    const tree = this.choice();
    if (this.at < this.chars.length) throw new RegexUnsupportedError(`unexpected ${this.chars[this.at]}`);
    return tree;
  }

  private take(text: string): boolean {
    for (let i = 0; i < text.length; i++) if (this.chars[this.at + i] !== text[i]) return false;
    this.at += text.length;
    return true;
  }

  private choice(): Regex {
    const items = [this.sequence()];
    while (this.take('|')) items.push(this.sequence());
    return items.length === 1 ? items[0]! : { kind: 'choice', items };
  }

  private sequence(): Regex {
    const items: Regex[] = [];
    while (this.at < this.chars.length && this.chars[this.at] !== '|' && this.chars[this.at] !== ')') {
      items.push(this.quantified());
    }
    return items.length === 1 ? items[0]! : { kind: 'sequence', items };
  }

  private quantified(): Regex {
    const item = this.atom();
    const range = this.quantifier();
    if (!range) return item;
    this.take('?'); // A lazy quantifier matches the same language.
    return { kind: 'repeat', item, min: range[0], max: range[1] };
  }

  private quantifier(): [number, number] | undefined {
    if (this.take('*')) return [0, Infinity];
    if (this.take('+')) return [1, Infinity];
    if (this.take('?')) return [0, 1];
    if (!this.take('{')) return undefined;
    const min = this.number();
    if (!this.take(',')) return this.take('}') ? [min, min] : this.fail('quantifier');
    const max = this.chars[this.at] === '}' ? Infinity : this.number();
    return this.take('}') ? [min, max] : this.fail('quantifier');
  }

  private number(): number {
    let digits = '';
    while (/[0-9]/.test(this.chars[this.at] ?? '')) digits += this.chars[this.at++];
    return Number(digits);
  }

  private atom(): Regex {
    if (this.take('^')) return { kind: 'start' };
    if (this.take('$')) return { kind: 'end' };
    if (this.take('.')) return { kind: 'set', ranges: complementRanges(LINE_END) };
    if (this.take('[')) return { kind: 'set', ranges: this.set() };
    if (this.take('(')) return this.group();
    if (this.take('\\')) return { kind: 'set', ranges: this.escape() };
    return { kind: 'set', ranges: single(this.chars[this.at++]!.codePointAt(0)!) };
  }

  private group(): Regex {
    if (this.take('?:') || this.take('?<')) {
      if (this.chars[this.at - 1] === '<') {
        if (this.chars[this.at] === '=' || this.chars[this.at] === '!') this.fail('look-behind');
        while (!this.take('>')) this.at++;
      }
    } else if (this.chars[this.at] === '?') this.fail('look-ahead');
    const inner = this.choice();
    if (!this.take(')')) this.fail('group');
    return inner;
  }

  private set(): readonly CodePointRange[] {
    const negated = this.take('^');
    const ranges: CodePointRange[] = [];
    while (!this.take(']')) {
      const from = this.setItem();
      const first = from.length === 1 && from[0]![0] === from[0]![1] ? from[0]![0] : undefined;
      if (first !== undefined && this.chars[this.at] === '-' && this.chars[this.at + 1] !== ']') {
        this.at++;
        ranges.push([first, this.setItem()[0]![0]]);
      } else ranges.push(...from);
    }
    return negated ? complementRanges(ranges) : ranges;
  }

  private setItem(): readonly CodePointRange[] {
    if (this.take('\\b')) return single(8);
    if (this.take('\\')) return this.escape();
    return single(this.chars[this.at++]!.codePointAt(0)!);
  }

  private escape(): readonly CodePointRange[] {
    const char = this.chars[this.at++]!;
    if (CLASSES[char]) return CLASSES[char];
    if (char in CONTROLS) return single(CONTROLS[char]!);
    if (char === 'x') return single(this.hex(2));
    if (char === 'u') return single(this.unicode());
    if (char === 'c') return single(this.chars[this.at++]!.charCodeAt(0) % 32);
    if (/[A-Za-z1-9]/.test(char)) this.fail(`\\${char}`);
    return single(char.codePointAt(0)!);
  }

  private unicode(): number {
    if (this.take('{')) {
      const end = this.chars.indexOf('}', this.at);
      const code = Number.parseInt(this.chars.slice(this.at, end).join(''), 16);
      this.at = end + 1;
      return code;
    }
    const unit = this.hex(4);
    if (unit < 0xd800 || unit > 0xdbff || !this.take('\\u')) return unit;
    return 0x10000 + ((unit - 0xd800) << 10) + (this.hex(4) - 0xdc00);
  }

  private hex(length: number): number {
    const code = Number.parseInt(this.chars.slice(this.at, this.at + length).join(''), 16);
    this.at += length;
    return code;
  }

  private fail(what: string): never {
    throw new RegexUnsupportedError(`${what} is not supported`);
  }
}

const single = (code: number): CodePointRange[] => [[Math.min(code, MAX_CODE_POINT), Math.min(code, MAX_CODE_POINT)]];
