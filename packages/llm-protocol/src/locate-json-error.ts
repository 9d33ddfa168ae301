type State = 'value' | 'value or "]"' | 'key or "}"' | 'key' | '":"' | '"," or "]"' | '"," or "}"' | 'end';

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERAL = /true|false|null/y;
const EXPECTED: Partial<Record<State, string>> = {
  value: 'a value',
  'value or "]"': 'a value or "]"',
  key: 'a key in double quotes',
  'key or "}"': 'a key in double quotes or "}"',
  end: 'nothing more',
};

/**
 * Where and why a text is not JSON, as a sentence: `Invalid JSON at line 1, column 13 (position 12): expected ":".`
 * Only for texts that JSON.parse refused; quotes none of the text. Iterative: any depth is fine.
 */
export function locateJsonError(text: string): string {
  const { position, expected } = findError(text);
  const before = text.slice(0, position);
  const line = before.split('\n').length;
  const column = position - before.lastIndexOf('\n');
  const what = position >= text.length ? `the text ends, expected ${expected}` : `expected ${expected}`;
  return `Invalid JSON at line ${line}, column ${column} (position ${position}): ${what}.`;
}

function findError(text: string): { position: number; expected: string } {
  const objects: boolean[] = [];
  let state: State = 'value';
  let at = 0;
  const afterValue = (): State => {
    const object = objects.at(-1);
    return object === undefined ? 'end' : object ? '"," or "}"' : '"," or "]"';
  };
  for (;;) {
    while (at < text.length && ' \t\n\r'.includes(text[at] as string)) at++;
    const char = text[at];
    const wanted = { position: at, expected: EXPECTED[state] ?? state };
    if (char === undefined) return wanted;
    if (state === '":"' && char === ':') state = 'value';
    else if (state.startsWith('"," or') && char === ',') state = state === '"," or "}"' ? 'key' : 'value';
    else if ((char === '}' || char === ']') && state.endsWith(`"${char}"`)) {
      objects.pop();
      state = afterValue();
    } else if (state.startsWith('key') && char === '"') {
      const end = endOfString(text, at);
      if (typeof end !== 'number') return end;
      at = end - 1;
      state = '":"';
    } else if (state.startsWith('value')) {
      if (char === '{' || char === '[') {
        objects.push(char === '{');
        state = char === '{' ? 'key or "}"' : 'value or "]"';
      } else {
        const end = endOfScalar(text, at);
        if (typeof end === 'object') return end;
        if (end === undefined) return wanted;
        at = end - 1;
        state = afterValue();
      }
    } else return wanted;
    at++;
  }
}

function endOfScalar(text: string, at: number): number | undefined | { position: number; expected: string } {
  if (text[at] === '"') return endOfString(text, at);
  for (const pattern of [NUMBER, LITERAL]) {
    pattern.lastIndex = at;
    if (pattern.test(text)) return pattern.lastIndex;
  }
  return undefined;
}

// A loop, not a pattern: backtracking over a string of megabytes would exhaust the regexp stack.
function endOfString(text: string, from: number): number | { position: number; expected: string } {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code < 0x20) return { position: at, expected: 'an escape in place of a control character' };
    if (code !== 0x5c) continue;
    const escaped = text[++at];
    if (escaped === 'u' && /^[0-9a-fA-F]{4}$/.test(text.slice(at + 1, at + 5))) at += 4;
    else if (escaped === undefined) break;
    else if (!'"\\/bfnrt'.includes(escaped)) return { position: at, expected: 'a valid escape after "\\"' };
  }
  return { position: text.length, expected: 'the end of a string' };
}
