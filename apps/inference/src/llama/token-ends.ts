/** Where tokens end in a text, in UTF-16 code units, from the bytes of each. One that ends inside a character ends before it. */
export function tokenEnds(text: string, tokens: readonly Uint8Array[]): Int32Array {
  const ends = new Int32Array(tokens.length);
  let [bytes, units, reached] = [0, 0, 0];
  for (const [i, token] of tokens.entries()) {
    reached += token.length;
    while (units < text.length) {
      const code = text.codePointAt(units)!;
      const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      if (bytes + size > reached) break;
      bytes += size;
      units += code < 0x10000 ? 1 : 2;
    }
    ends[i] = units;
  }
  return ends;
}
