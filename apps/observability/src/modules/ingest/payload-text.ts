/** What people wrote and models answered, out of the JSON of requests and answers. */

/** Under these keys text is content; under the others (`role`, `id`, `url`) it is form. */
const textKeys = new Set(['content', 'text', 'refusal', 'reasoning_content', 'arguments', 'input', 'prompt', 'output']);
const containerKeys = new Set(['message', 'messages', 'choices', 'tool_calls', 'function', 'delta', 'data']);

export interface PayloadText {
  /** All of it, parts separated by newlines, cut at `maxLength` characters. */
  full: string;
  /** The last part: of a conversation, what was asked last. */
  last: string;
}

/** Reads JSON that may be cut off: then what is there is taken as it is, without its escapes. */
export function payloadText(json: string, maxLength: number): PayloadText {
  if (json === '') return { full: '', last: '' };
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    const raw = unescaped(json.slice(0, maxLength));
    return { full: raw, last: raw };
  }
  const parts: string[] = [];
  collect(value, parts, 0);
  return { full: parts.join('\n').slice(0, maxLength), last: lastMessage(value) ?? parts.at(-1) ?? '' };
}

/** The first `length` characters on one line. Never cuts a surrogate pair. */
export function preview(text: string, length = 300): string {
  const line = text
    .slice(0, length * 2)
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, length);
  return line.isWellFormed() ? line : line.slice(0, -1).toWellFormed();
}

function collect(value: unknown, parts: string[], depth: number): void {
  if (typeof value === 'string') {
    if (value !== '') parts.push(value);
  } else if (Array.isArray(value)) {
    // Embeddings are long arrays of numbers: nothing to read there.
    if (typeof value[0] === 'number') return;
    for (const element of value) collect(element, parts, depth);
  } else if (typeof value === 'object' && value !== null && depth < 8) {
    for (const [key, member] of Object.entries(value)) {
      const isText = textKeys.has(key) || (key === 'name' && 'arguments' in value);
      if (isText || (containerKeys.has(key) && typeof member === 'object')) collect(member, parts, depth + 1);
    }
  }
}

/** Of a list of messages the last one's whole text. */
function lastMessage(value: unknown): string | undefined {
  if (!Array.isArray(value)) return undefined;
  const message = value.at(-1) as unknown;
  if (typeof message !== 'object' || message === null || !('role' in message)) return undefined;
  const parts: string[] = [];
  collect(message, parts, 0);
  return parts.join(' ');
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: ' ', f: ' ' };

const unescaped = (json: string): string =>
  json.replaceAll(/\\(?:u([\da-fA-F]{4})|(.))/g, (_match, hex: string | undefined, char: string) =>
    hex === undefined ? (escapes[char] ?? char) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
