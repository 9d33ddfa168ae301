const one = new Uint8Array(new Float16Array([1]).buffer);
const isLittleEndian = one[0] === 0;

/** A vector in pgvector's binary form of `halfvec`: for a parameter, which a Buffer makes binary. */
export function encodeHalfvec(vector: ArrayLike<number>): Buffer {
  const halves = new Uint8Array(Float16Array.from(vector).buffer);
  const bytes = Buffer.allocUnsafe(4 + halves.length);
  bytes.writeUInt16BE(vector.length, 0);
  bytes.writeUInt16BE(0, 2);
  bytes.set(halves, 4);
  if (isLittleEndian) bytes.subarray(4).swap16();
  return bytes;
}

/** Of the same form. */
export function decodeHalfvec(bytes: Buffer): Float32Array {
  const halves = Buffer.from(bytes.subarray(4));
  if (isLittleEndian) halves.swap16();
  return Float32Array.from(new Float16Array(halves.buffer, halves.byteOffset, halves.length / 2));
}

/** `bigint[]` in Postgres' binary form. */
export function encodeBigints(values: ArrayLike<number>): Buffer {
  const bytes = Buffer.alloc(20 + 12 * values.length);
  bytes.writeInt32BE(1, 0);
  bytes.writeInt32BE(20, 8);
  bytes.writeInt32BE(values.length, 12);
  bytes.writeInt32BE(1, 16);
  for (let i = 0; i < values.length; i += 1) {
    bytes.writeInt32BE(8, 20 + 12 * i);
    bytes.writeBigInt64BE(BigInt(values[i]!), 24 + 12 * i);
  }
  return bytes;
}
