import { isUtf8 } from 'node:buffer';
import { analyse } from 'chardet';

// What chardet calls what TextDecoder knows; the rest is not read.
const readable: Record<string, string> = {
  'ISO-8859-1': 'windows-1252',
  'windows-1252': 'windows-1252',
  GB18030: 'gbk',
  Shift_JIS: 'shift_jis',
  'EUC-JP': 'euc-jp',
  'EUC-KR': 'euc-kr',
  Big5: 'big5',
};

/** The encoding of a text by its first bytes: a byte order mark, valid UTF-8, zeros of UTF-16, else by statistics. */
export function detectEncoding(head: Uint8Array): string {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const utf16 = byZeros(head);
  if (utf16) return utf16;
  // The last character may be cut.
  for (let cut = 0; cut <= Math.min(3, head.length); cut += 1) {
    if (isUtf8(head.subarray(0, head.length - cut))) return 'utf-8';
  }
  for (const { name } of analyse(head)) {
    const encoding = readable[name];
    if (encoding && decodes(head, encoding)) return encoding;
  }
  return 'windows-1252';
}

/** Latin text in UTF-16 has a zero in every other byte. */
function byZeros(head: Uint8Array): string | undefined {
  const pairs = head.length >> 1;
  if (pairs < 2) return undefined;
  const zeros = [0, 0];
  for (let i = 0; i < pairs * 2; i += 1) if (head[i] === 0) zeros[i & 1]! += 1;
  if (zeros[1]! > pairs * 0.3 && zeros[0]! < pairs * 0.05) return 'utf-16le';
  if (zeros[0]! > pairs * 0.3 && zeros[1]! < pairs * 0.05) return 'utf-16be';
  return undefined;
}

function decodes(head: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}
