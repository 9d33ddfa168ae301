import { LexicalError } from '../lexical-error.ts';
import type { ByteWriter } from './bytes.ts';
import { BLOCK_SIZE } from './format.ts';

/** A number is read as 32 bits from the byte it begins in, where up to 7 bits are not its own. */
const widestNumber = 25;

/** Bits that the largest of some numbers takes; 0 for 0. */
export const widthOf = (largest: number): number => 32 - Math.clz32(largest);

/** Bytes of a block of numbers of one width. */
export const packedBytes = (width: number): number => (BLOCK_SIZE / 8) * width;

/** Appends a whole block of numbers, each in `width` bits, lowest first. */
export function packNumbers(numbers: ArrayLike<number>, width: number, to: ByteWriter): void {
  let bits = 0;
  let held = 0;
  for (let index = 0; index < BLOCK_SIZE; index += 1) {
    for (let left = width, number = numbers[index]!; left > 0; ) {
      const taken = Math.min(left, 8 - held);
      bits |= (number & ((1 << taken) - 1)) << held;
      number >>>= taken;
      held += taken;
      left -= taken;
      if (held === 8) {
        to.byte(bits);
        bits = 0;
        held = 0;
      }
    }
  }
}

/** Reads a block that {@link packNumbers} wrote. No branch depends on what is read: that is why it is fast. */
export function unpackNumbers(bytes: DataView, from: number, width: number, to: Uint16Array): void {
  if (width === 0) {
    to.fill(0);
    return;
  }
  const mask = (1 << width) - 1;
  for (let index = 0, bit = 0; index < BLOCK_SIZE; index += 1, bit += width) {
    to[index] = (bytes.getUint32(from + (bit >>> 3), true) >>> (bit & 7)) & mask;
  }
}

/** Reads a block of differences, less one each, as the ascending numbers they come from; returns the last. */
export function unpackAscending(bytes: DataView, from: number, width: number, before: number, to: Int32Array): number {
  const mask = (1 << width) - 1;
  let number = before;
  for (let index = 0, bit = 0; index < BLOCK_SIZE; index += 1, bit += width) {
    number += ((bytes.getUint32(from + (bit >>> 3), true) >>> (bit & 7)) & mask) + 1;
    to[index] = number;
  }
  return number;
}

/** @throws {LexicalError} `corrupt_segment` for a width that no writer uses */
export function checkWidth(width: number): number {
  if (width > widestNumber) throw new LexicalError('corrupt_segment', `numbers of ${width} bits`);
  return width;
}
