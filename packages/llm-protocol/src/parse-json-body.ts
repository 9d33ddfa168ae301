import { isUtf8 } from 'node:buffer';
import { InvalidRequestError } from './invalid-request-error.ts';
import { locateJsonError } from './locate-json-error.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Parses a request's body. Nesting is counted first, in one pass that keeps no memory, so a body that is only brackets
 * costs nothing. Throws InvalidRequestError: `json_too_deep` (deeper than `maxDepth`, default 64), `invalid_json` with
 * the position of the mistake, `invalid_encoding` (bytes that are not UTF-8). The size is the caller's to limit.
 */
export function parseJsonBody(body: Buffer | string, options: { maxDepth?: number } = {}): unknown {
  const maxDepth = options.maxDepth ?? 64;
  if (typeof body !== 'string' && !isUtf8(body)) {
    throw new InvalidRequestError('The body is not valid UTF-8: send JSON as UTF-8.', null, 'invalid_encoding');
  }
  const text = typeof body === 'string' ? body : body.toString('utf8');
  const tooDeepAt = findTooDeep(text, maxDepth);
  if (tooDeepAt !== -1) {
    const message = `The body's JSON is nested deeper than ${maxDepth} levels (at position ${tooDeepAt}): send it flatter.`;
    throw new InvalidRequestError(message, null, 'json_too_deep');
  }
  try {
    return JSON.parse(text);
  } catch {
    // V8's own message quotes the body, which may hold what must not reach a log.
    throw new InvalidRequestError(locateJsonError(text), null, 'invalid_json');
  }
}

/** The offset of the first bracket that opens a level beyond `maxDepth`, or -1. Says nothing about validity. */
function findTooDeep(text: string, maxDepth: number): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at + 1);
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > maxDepth) return at;
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
  return -1;
}

// The closing quote's offset: the first with an even number of backslashes before it. On text, not bytes: String's
// indexOf is compiled in, Buffer's is a native call that costs more than most strings are long.
function endOfString(text: string, from: number): number {
  for (let at = from; ; ) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return text.length;
    let escapes = quote;
    while (escapes > at && text.charCodeAt(escapes - 1) === BACKSLASH) escapes--;
    if ((quote - escapes) % 2 === 0) return quote;
    at = quote + 1;
  }
}
