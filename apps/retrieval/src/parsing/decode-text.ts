import { analyse } from 'chardet';
import { ParseFailure } from './parse-failure.ts';

export interface DecodedText {
  text: string;
  /** As WHATWG names it. */
  encoding: string;
  /** How many characters could not be read. */
  damaged: number;
}

const SAMPLE_BYTES = 256 * 1024;
// What people's files are in. Guesses outside of it (IBM424, ISO-2022-CN …) are noise of short texts.
const known = new Map([
  ['Shift_JIS', 'shift_jis'],
  ['EUC-JP', 'euc-jp'],
  ['ISO-2022-JP', 'iso-2022-jp'],
  ['EUC-KR', 'euc-kr'],
  ['GB18030', 'gb18030'],
  ['Big5', 'big5'],
  ['KOI8-R', 'koi8-r'],
  ['windows-1250', 'windows-1250'],
  ['windows-1251', 'windows-1251'],
  ['windows-1253', 'windows-1253'],
  ['windows-1254', 'windows-1254'],
  ['windows-1255', 'windows-1255'],
  ['windows-1256', 'windows-1256'],
  ['ISO-8859-2', 'iso-8859-2'],
  ['ISO-8859-5', 'iso-8859-5'],
  ['ISO-8859-7', 'iso-8859-7'],
  ['ISO-8859-9', 'iso-8859-9'],
]);

/**
 * The text of the bytes: by byte order mark, by what the file declares, as UTF-8 when it is, else as the likeliest of
 * the older encodings.
 * @throws ParseFailure `unsupported_type` when it is no text
 */
export function decodeText(bytes: Uint8Array, declared?: string): DecodedText {
  const encoding = encodingOf(bytes, declared);
  const text = new TextDecoder(encoding).decode(bytes);
  if (looksBinary(text)) {
    throw new ParseFailure('unsupported_type', 'The file is neither text nor a document format that can be read.');
  }
  return { text, encoding, damaged: count(text, '\ufffd') };
}

function encodingOf(bytes: Uint8Array, declared: string | undefined): string {
  const marked = byteOrderMark(bytes) ?? unmarkedUtf16(bytes);
  if (marked) return marked;
  if (isUtf8(bytes)) return 'utf-8';
  const said = declared && labelOf(declared);
  // A page that says UTF-8 and is not was saved by something else.
  if (said && said !== 'utf-8') return said;
  // Guessed from the lines that have something to guess from: a table of figures with one name in it is mostly ASCII.
  const guesses = analyse(telling(bytes)).filter((guess) => known.has(guess.name));
  const best = guesses.find((guess) => decodesCleanly(bytes, known.get(guess.name)!));
  return best && best.confidence >= 25 ? known.get(best.name)! : 'windows-1252';
}

function byteOrderMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : undefined;
}

/** Two-byte text without its mark has a zero in every other place where it is ASCII. */
function unmarkedUtf16(bytes: Uint8Array): string | undefined {
  const sample = bytes.subarray(0, 4096);
  if (sample.length < 4) return undefined;
  const zeros = [0, 0];
  for (const [at, byte] of sample.entries()) if (byte === 0) zeros[at % 2]! += 1;
  const half = sample.length / 2;
  if (zeros[1]! > half * 0.4 && zeros[0]! < half * 0.05) return 'utf-16le';
  return zeros[0]! > half * 0.4 && zeros[1]! < half * 0.05 ? 'utf-16be' : undefined;
}

const isUtf8 = (bytes: Uint8Array): boolean => decodesCleanly(bytes, 'utf-8');

function decodesCleanly(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function labelOf(declared: string): string | undefined {
  try {
    return new TextDecoder(declared.trim()).encoding;
  } catch {
    return undefined;
  }
}

function telling(bytes: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (let start = 0; start < bytes.length && size < SAMPLE_BYTES; ) {
    const newline = bytes.indexOf(10, start);
    const end = newline === -1 ? bytes.length : newline + 1;
    const line = bytes.subarray(start, end);
    if (line.some((byte) => byte >= 0x80 || byte === 0x1b)) {
      pieces.push(line.subarray(0, SAMPLE_BYTES));
      size += line.length;
    }
    start = end;
  }
  return Buffer.concat(pieces);
}

/** Text has no NUL and next to no control characters; a picture read as Latin-1 is full of them. */
function looksBinary(text: string): boolean {
  const sample = text.slice(0, 65_536);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they tell binary from text
  const control = sample.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/g)?.length ?? 0;
  return control > Math.max(1, sample.length * 0.02);
}

function count(text: string, char: string): number {
  let found = 0;
  for (let at = text.indexOf(char); at !== -1; at = text.indexOf(char, at + 1)) found += 1;
  return found;
}
