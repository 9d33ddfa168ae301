const utf8 = new TextEncoder();

/** A term as the dictionary has it. */
export const termBytes = (term: string): Uint8Array => utf8.encode(term);

export function compareBytes(one: Uint8Array, other: Uint8Array): number {
  const most = Math.min(one.length, other.length);
  for (let index = 0; index < most; index += 1) {
    const difference = one[index]! - other[index]!;
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}
