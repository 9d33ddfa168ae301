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
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const tooDeepAt = findTooDeep(bytes, maxDepth);
  if (tooDeepAt !== -1) {
    const message = `The body's JSON is nested deeper than ${maxDepth} levels (at byte ${tooDeepAt}): send it flatter.`;
    throw new InvalidRequestError(message, null, 'json_too_deep');
  }
  if (typeof body !== 'string' && !isUtf8(bytes)) {
    throw new InvalidRequestError('The body is not valid UTF-8: send JSON as UTF-8.', null, 'invalid_encoding');
  }
  const text = typeof body === 'string' ? body : bytes.toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    // V8's own message quotes the body, which may hold what must not reach a log.
    throw new InvalidRequestError(locateJsonError(text), null, 'invalid_json');
  }
}

/** The offset of the first bracket that opens a level beyond `maxDepth`, or -1. Says nothing about validity. */
function findTooDeep(bytes: Buffer, maxDepth: number): number {
  let depth = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfString(bytes, at + 1);
    else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > maxDepth) return at;
    } else if (byte === 0x7d || byte === 0x5d) depth--;
  }
  return -1;
}

// The closing quote's offset. Byte by byte for short strings and dense escapes, natively for the long ones.
function endOfString(bytes: Buffer, from: number): number {
  let at = from;
  for (;;) {
    const near = Math.min(at + 32, bytes.length);
    for (; at < near; at++) {
      const byte = bytes[at];
      if (byte === QUOTE) return at;
      if (byte === BACKSLASH) at++;
    }
    const quote = bytes.indexOf(QUOTE, at);
    if (quote === -1) return bytes.length;
    let escapes = quote;
    while (escapes > at && bytes[escapes - 1] === BACKSLASH) escapes--;
    if ((quote - escapes) % 2 === 0) return quote;
    at = quote + 1;
  }
}
