const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A number where JavaScript holds it exactly, its digits as text where it does not. */
export function integerJson(value: number | bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

/** Bytes as text where they are UTF-8, for old writers do not mark text as text; else `base64:…`. */
export function bytesText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return `base64:${Buffer.from(bytes).toString('base64')}`;
  }
}
