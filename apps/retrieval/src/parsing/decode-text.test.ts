import { describe, expect, test } from 'vitest';
import { decodeText } from './decode-text.ts';
import { ParseFailure } from './parse-failure.ts';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

/** Node encodes UTF only: what the older encodings have for a text, by asking every pair of bytes. */
function encode(text: string, encoding: string): Uint8Array {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const table = new Map<string, number[]>();
  const tryOut = (code: number[]) => {
    try {
      const char = decoder.decode(Uint8Array.from(code));
      if (char.length === 1 && !table.has(char)) table.set(char, code);
    } catch {
      // No character has this code.
    }
  };
  for (let first = 0; first < 256; first += 1) tryOut([first]);
  for (let first = 0x81; first < 0xff; first += 1) for (let next = 0x40; next < 0xff; next += 1) tryOut([first, next]);
  return Uint8Array.from([...text].flatMap((char) => table.get(char)!));
}

const chinese = '知识库中的文件会被解析、切分并建立索引，然后回答会引用其来源。系统会检查每个段落。\n';
const japanese = 'ナレッジベースの文書は解析され、分割され、索引付けされます。回答は出典を引用します。\n';
const french = 'Les documents sont découpés à la fin des phrases, où qu’elles finissent ; voilà tout.\n'.replace(
  '’',
  "'",
);

describe('decodeText', () => {
  test.each([
    ['utf-8', bytes(chinese), chinese],
    ['utf-8', bytes([0xef, 0xbb, 0xbf], 'marked'), 'marked'],
    ['utf-16le', bytes([0xff, 0xfe], [...Buffer.from(japanese, 'utf16le')]), japanese],
    ['utf-16be', bytes([0xfe, 0xff], [...Buffer.from(french, 'utf16le').swap16()]), french],
    ['utf-16le', Buffer.from('no mark, plain letters', 'utf16le'), 'no mark, plain letters'],
    ['windows-1252', Buffer.from(french, 'latin1'), french],
    ['windows-1252', Buffer.from('Grüße', 'latin1'), 'Grüße'],
    ['gb18030', encode(chinese, 'gbk'), chinese],
    ['shift_jis', encode(japanese, 'shift_jis'), japanese],
  ])('%s is found and read without a loss', (encoding, data, text) => {
    expect(decodeText(data)).toEqual({ text, encoding, damaged: 0 });
  });

  test('a name in a long ASCII file is enough to tell its encoding', () => {
    const rows = Array.from({ length: 2000 }, (_, at) => `${at},1.5,ok\n`).join('');
    const data = Buffer.concat([Buffer.from(rows), encode(japanese, 'shift_jis'), Buffer.from(rows)]);
    expect(decodeText(data).encoding).toBe('shift_jis');
  });

  test('what the file declares is believed, but not that it is UTF-8 when it is not', () => {
    expect(decodeText(encode('Привет', 'koi8-r'), 'koi8-r').text).toBe('Привет');
    expect(decodeText(Buffer.from('Grüße', 'latin1'), 'utf-8').text).toBe('Grüße');
    expect(decodeText(Buffer.from('Grüße'), 'no-such-encoding').text).toBe('Grüße');
  });

  test('bytes that are no text are refused', () => {
    const noise = Uint8Array.from({ length: 4000 }, (_, at) => (at * 7919) % 256);
    expect(() => decodeText(noise)).toThrow(ParseFailure);
    expect(() => decodeText(noise)).toThrow('neither text nor a document');
  });
});
