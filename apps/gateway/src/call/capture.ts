const maxCharacters = 64 << 10;

/** JSON text of what a call carried; what is longer than 64 Ki characters becomes its beginning, marked as cut. */
export function captureJson(value: unknown): string {
  if (value === undefined) return '';
  const text = textOf(value);
  if (text.length <= maxCharacters) return text;
  return JSON.stringify({ truncated: true, characters: text.length, beginning: text.slice(0, maxCharacters / 2) });
}

/** An upstream's answer may be nested deeper than the stack is; the call counts all the same. */
function textOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '{"truncated":true}';
  }
}
