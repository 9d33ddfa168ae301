/** Numbers row by row. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

export interface Dense {
  /** One row an output. */
  readonly weight: Matrix;
  readonly bias: Float32Array;
}

export interface Norm {
  readonly weight: Float32Array;
  readonly bias: Float32Array;
}

export interface EncoderLayer {
  readonly query: Dense;
  readonly key: Dense;
  readonly value: Dense;
  readonly attended: Dense;
  readonly attendedNorm: Norm;
  readonly wide: Dense;
  readonly narrow: Dense;
  readonly norm: Norm;
}

/** A table of vectors of which few are used at once: 4 bits a number, in blocks of 32 with a scale each. */
export interface PackedTable {
  readonly rows: number;
  readonly columns: number;
  /** One a block, row by row. */
  readonly scales: Float32Array;
  /** Two numbers in a byte, the first one low; number = (nibble - 8) x scale. */
  readonly nibbles: Uint8Array;
}

/** A BERT encoder, whatever file it comes from. Layers are read one at a time, as each may be large. */
export interface EncoderWeights {
  readonly hidden: number;
  readonly layers: number;
  readonly heads: number;
  readonly epsilon: number;
  readonly words: PackedTable | Matrix;
  /** With the type of the only segment added. */
  readonly positions: Matrix;
  readonly embeddingNorm: Norm;
  layer(index: number): EncoderLayer;
}

export const BLOCK = 32;
