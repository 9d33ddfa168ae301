import type { Tensor } from 'onnxruntime-node';
import type { Encoded } from './encoder-session.ts';

/** Vectors of the tokens of one text, each of length 1, one after the other. */
export interface TokenVectors {
  readonly dimensions: number;
  readonly values: Float32Array;
}

/** What each row's tokens became in their text, without the special ones at both ends. */
export function tokenVectorsOf({ outputs, lengths, width }: Encoded): TokenVectors[] {
  const hidden = (outputs['last_hidden_state'] ?? Object.values(outputs)[0]) as Tensor;
  if (hidden.dims.length !== 3) throw new Error('The model gives no vectors of tokens.');
  const dimensions = hidden.dims[2]!;
  return lengths.map((length, row) => {
    const start = (row * width + 1) * dimensions;
    const end = (row * width + Math.max(1, length - 1)) * dimensions;
    const values = (hidden.data as Float32Array).slice(start, end);
    for (let at = 0; at < values.length; at += dimensions) {
      const norm = Math.sqrt(dot(values, at, values, at, dimensions)) || 1;
      for (let i = at; i < at + dimensions; i++) values[i]! /= norm;
    }
    return { dimensions, values };
  });
}

/**
 * Late interaction (Khattab and Zaharia, ColBERT, 2020): for each token of the query its most similar token of the document;
 * the mean of these similarities, from -1 to 1. 0 when either has no tokens.
 */
export function lateInteraction(query: TokenVectors, document: TokenVectors): number {
  const { dimensions } = query;
  const tokens = query.values.length / dimensions;
  if (tokens === 0 || document.values.length === 0) return 0;
  let sum = 0;
  for (let q = 0; q < query.values.length; q += dimensions) {
    let best = -1;
    for (let d = 0; d < document.values.length; d += dimensions) {
      best = Math.max(best, dot(query.values, q, document.values, d, dimensions));
    }
    sum += best;
  }
  return sum / tokens;
}

/** Four sums side by side, so that additions do not wait for one another. */
function dot(a: Float32Array, atA: number, b: Float32Array, atB: number, size: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  const whole = size - (size % 4);
  for (let i = 0; i < whole; i += 4) {
    s0 += a[atA + i]! * b[atB + i]!;
    s1 += a[atA + i + 1]! * b[atB + i + 1]!;
    s2 += a[atA + i + 2]! * b[atB + i + 2]!;
    s3 += a[atA + i + 3]! * b[atB + i + 3]!;
  }
  for (let i = whole; i < size; i++) s0 += a[atA + i]! * b[atB + i]!;
  return s0 + s1 + s2 + s3;
}
