import { isWellFormed, wellFormed } from '../running-check.ts';
import type { TextFault } from '../text-check.ts';

/**
 * What a wrong decoding did to a text: replacement characters, UTF-8 read as windows-1252 (once or twice: `Ã©`, `â€™`),
 * lone surrogates, control characters.
 */
export function encodingDamage(text: string): TextFault | undefined {
  if (plain.test(text)) return undefined;
  const replaced = text.indexOf('\ufffd');
  if (replaced >= 0) return { message: 'holds the replacement character U+FFFD', value: around(text, replaced) };
  if (!isWellFormed(text)) return { message: 'holds half of a surrogate pair', value: around(text, 0) };
  const control = control_.exec(text);
  if (control) {
    const code = control[0].charCodeAt(0).toString(16).padStart(4, '0').toUpperCase();
    return { message: `holds the control character U+${code}`, value: around(text, control.index) };
  }
  return mojibake(text);
}

const plain = /^[\t\n\r\x20-\x7e]*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control_ = /[\x00-\x08\x0b\x0e-\x1f\x7f]/;

function around(text: string, at: number): string {
  const [from, to] = [Math.max(0, at - 30), Math.min(text.length, at + 30)];
  return `${from > 0 ? '…' : ''}${wellFormed(text.slice(from, to))}${to < text.length ? '…' : ''}`;
}

/** What bytes 0x80 to 0x9f are in windows-1252; the five it leaves open stand for themselves. */
const upper = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const byteOf = new Map([...upper].map((char, index) => [char, 0x80 + index]));
for (let code = 0x80; code <= 0xff; code++) byteOf.set(String.fromCharCode(code), code);

const suspect = /[\u0080-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{2,}/g;
const strict = new TextDecoder('utf-8', { fatal: true });

/** A run of windows-1252 characters whose bytes are UTF-8 of plausible characters was UTF-8 once. */
function mojibake(text: string): TextFault | undefined {
  for (const { 0: run, index } of text.matchAll(suspect)) {
    const bytes = Uint8Array.from(run, (char) => byteOf.get(char)!);
    const decoded = firstSequence(bytes);
    if (decoded === undefined || !plausible(decoded)) continue;
    return {
      message: `holds UTF-8 that was read as windows-1252: ${JSON.stringify(decoded)} became ${JSON.stringify(run.slice(0, 6))}`,
      value: around(text, index),
    };
  }
  return undefined;
}

/** The first character of UTF-8 in the bytes; the run may begin with one that is right. */
function firstSequence(bytes: Uint8Array): string | undefined {
  for (let at = 0; at < bytes.length - 1; at++) {
    const lead = bytes[at]!;
    const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
    if (length === 0 || at + length > bytes.length) continue;
    try {
      return strict.decode(bytes.subarray(at, at + length));
    } catch {
      // No UTF-8 here.
    }
  }
  return undefined;
}

// Letters of European scripts, punctuation, currency, CJK, emoji. `É—`, in capitals with a dash after them, would be a
// phonetic letter, which nobody meant.
const likely =
  /[\u00a0-\u017f\u0370-\u052f\u05d0-\u05ea\u0600-\u064a\u0900-\u0d7f\u0e00-\u0e7f\u1e00-\u1eff\u2010-\u2044\u20ac\u2122\u2190-\u21ff\u2500-\u25ff\u2600-\u27bf\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7af\uff00-\uffef]|[\u{1f300}-\u{1faff}]/u;

const plausible = (decoded: string): boolean => likely.test(decoded);
