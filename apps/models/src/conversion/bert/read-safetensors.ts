import type { EncoderLayer, EncoderWeights, Matrix } from '../encoder/encoder-weights.ts';

/** What a weights file does not tell: it is in the model's `config.json`. */
export interface BertShape {
  readonly heads: number;
  readonly epsilon: number;
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** Reads a BERT encoder in single precision from a `model.safetensors`, with its names of transformers. */
export function readBert(file: Buffer, { heads, epsilon }: BertShape): EncoderWeights {
  const headBytes = file.length < 8 ? 0 : Number(file.readBigUInt64LE(0));
  if (headBytes === 0 || headBytes > file.length) throw new Error('not a safetensors file');
  const entries: Record<string, Entry> = JSON.parse(file.toString('utf8', 8, 8 + headBytes));
  const matrix = (name: string): Matrix => {
    const entry = entries[name];
    if (entry?.dtype !== 'F32') throw new Error(`the weights have no ${name} in single precision`);
    const [from, to] = entry.data_offsets;
    // A copy: floats must lie at a multiple of four.
    const bytes = Uint8Array.from(file.subarray(8 + headBytes + from, 8 + headBytes + to));
    const [rows = 1, columns = 1] = entry.shape.length > 1 ? entry.shape : [1, ...entry.shape];
    return { rows, columns, values: new Float32Array(bytes.buffer) };
  };
  const part = (name: string) => ({ weight: matrix(`${name}.weight`), bias: matrix(`${name}.bias`).values });
  const norm = (name: string) => ({ ...part(name), weight: matrix(`${name}.weight`).values });
  const words = matrix('embeddings.word_embeddings.weight');
  const hidden = words.columns;
  const positions = matrix('embeddings.position_embeddings.weight');
  const type = matrix('embeddings.token_type_embeddings.weight').values;
  const layers = Object.keys(entries).filter((name) => name.endsWith('.intermediate.dense.weight')).length;
  return {
    hidden,
    layers,
    heads,
    epsilon,
    words,
    positions: { ...positions, values: positions.values.map((value, i) => value + type[i % hidden]!) },
    embeddingNorm: norm('embeddings.LayerNorm'),
    layer(index): EncoderLayer {
      const name = `encoder.layer.${index}`;
      return {
        query: part(`${name}.attention.self.query`),
        key: part(`${name}.attention.self.key`),
        value: part(`${name}.attention.self.value`),
        attended: part(`${name}.attention.output.dense`),
        attendedNorm: norm(`${name}.attention.output.LayerNorm`),
        wide: part(`${name}.intermediate.dense`),
        narrow: part(`${name}.output.dense`),
        norm: norm(`${name}.output.LayerNorm`),
      };
    },
  };
}
