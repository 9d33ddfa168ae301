/** ONNX's numbers for element types, of those we write. */
export const ElementType = { float: 1, int8: 3, int32: 6, int64: 7, int4: 22 } as const;
export type ElementType = (typeof ElementType)[keyof typeof ElementType];

export interface OnnxTensor {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** Little-endian; int4 has two in a byte, the first one low. */
  readonly bytes: Uint8Array;
}

export const floats = (name: string, values: Float32Array, shape: readonly number[] = [values.length]): OnnxTensor => ({
  name,
  type: ElementType.float,
  shape,
  bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
});

export const integers = (name: string, ...values: number[]): OnnxTensor => ({
  name,
  type: ElementType.int64,
  shape: [values.length],
  bytes: new Uint8Array(BigInt64Array.from(values, BigInt).buffer),
});
