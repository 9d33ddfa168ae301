import type { Dense, Matrix } from './encoder-weights.ts';

export interface Quantised {
  /** Signed, two's complement. */
  readonly bytes: Uint8Array;
  /** One a row; number = byte x scale. */
  readonly scales: Float32Array;
}

/** Each row from -127 to 127, by its largest number. */
export function quantiseRows({ rows, columns, values }: Matrix): Quantised {
  const bytes = new Uint8Array(values.length);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    let most = 0;
    for (let i = start; i < start + columns; i++) most = Math.max(most, Math.abs(values[i]!));
    const scale = Math.fround(most / 127) || 1;
    scales[row] = scale;
    for (let i = start; i < start + columns; i++) bytes[i] = Math.round(values[i]! / scale) & 255;
  }
  return { bytes, scales };
}

/** Layers over the same input as one: their outputs one after the other. */
export function stack(layers: readonly Dense[]): Dense {
  const rows = layers.reduce((sum, { weight }) => sum + weight.rows, 0);
  const values = concat(layers.map(({ weight }) => weight.values));
  return {
    weight: { rows, columns: layers[0]!.weight.columns, values },
    bias: concat(layers.map(({ bias }) => bias)),
  };
}

function concat(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
