import { LexicalError } from '../lexical-error.ts';

const utf8 = new TextEncoder();
const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes that grow as they are written. */
export class ByteWriter {
  #bytes: Uint8Array;
  length = 0;

  constructor(capacity = 64) {
    this.#bytes = new Uint8Array(capacity);
  }

  byte(value: number): void {
    if (this.length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.length] = value;
    this.length += 1;
  }

  /** A whole number from 0 to 2^53 - 1 in groups of seven bits, lowest first. */
  varint(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.byte((rest % 0x80) | 0x80);
      rest = rest > 0x7fffffff ? Math.floor(rest / 0x80) : rest >>> 7;
    }
    this.byte(rest);
  }

  bytes(values: Uint8Array): void {
    if (this.length + values.length > this.#bytes.length) this.#grow(values.length);
    this.#bytes.set(values, this.length);
    this.length += values.length;
  }

  string(value: string): void {
    const encoded = utf8.encode(value);
    this.varint(encoded.length);
    this.bytes(encoded);
  }

  clear(): void {
    this.length = 0;
  }

  /** What was written so far; valid until more is written. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  #grow(more: number): void {
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.length + more));
    grown.set(this.view());
    this.#bytes = grown;
  }
}

/** Reads what {@link ByteWriter} wrote; every read past the end is a `corrupt_segment`. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly end: number;
  position: number;

  constructor(bytes: Uint8Array, position = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.position = position;
    this.end = end;
  }

  byte(): number {
    if (this.position >= this.end) throw new LexicalError('corrupt_segment', `it ends at byte ${this.end}, too early`);
    const value = this.#bytes[this.position]!;
    this.position += 1;
    return value;
  }

  varint(): number {
    let value = this.byte();
    if (value < 0x80) return value;
    value &= 0x7f;
    let scale = 0x80;
    for (let group = 1; group < 8; group += 1) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        if (value > Number.MAX_SAFE_INTEGER) break;
        return value;
      }
      scale *= 0x80;
    }
    throw new LexicalError('corrupt_segment', `the number at byte ${this.position} is too large`);
  }

  /** A number that counts things of at least one byte each, so it cannot exceed the bytes that are left. */
  count(what: string): number {
    const value = this.varint();
    if (value > this.end - this.position) throw new LexicalError('corrupt_segment', `more ${what} than bytes`);
    return value;
  }

  bytes(length: number): Uint8Array {
    if (length > this.end - this.position) {
      throw new LexicalError('corrupt_segment', `it ends at byte ${this.end}, too early`);
    }
    const taken = this.#bytes.subarray(this.position, this.position + length);
    this.position += length;
    return taken;
  }

  string(what: string): string {
    try {
      return text.decode(this.bytes(this.count(what)));
    } catch (error) {
      if (error instanceof LexicalError) throw error;
      throw new LexicalError('corrupt_segment', `${what} is not UTF-8`);
    }
  }
}
