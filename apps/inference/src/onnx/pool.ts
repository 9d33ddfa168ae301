/**
 * Mean of the token vectors of each row, without padding, scaled to length 1.
 * `hidden` is rows x width x dimensions; `lengths` counts the real tokens of each row.
 */
export function meanPool(
  hidden: Float32Array,
  lengths: readonly number[],
  width: number,
  dimensions: number,
): Float32Array[] {
  return lengths.map((length, row) => {
    const vector = new Float32Array(dimensions);
    for (let token = 0; token < length; token++) {
      const start = (row * width + token) * dimensions;
      for (let i = 0; i < dimensions; i++) vector[i]! += hidden[start + i]!;
    }
    return normalise(vector);
  });
}

/** Scales in place to length 1; a zero vector stays. */
export function normalise(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  const length = Math.sqrt(sum);
  if (length > 0) for (let i = 0; i < vector.length; i++) vector[i]! /= length;
  return vector;
}

/** Positions of the inputs in batches, like lengths together: padding costs as much as text. */
export function batchesByLength(
  lengths: readonly number[],
  { batchSize, batchTokens }: { readonly batchSize: number; readonly batchTokens: number },
): number[][] {
  const order = lengths.map((_, i) => i).sort((a, b) => lengths[b]! - lengths[a]!);
  const batches: number[][] = [];
  for (let at = 0; at < order.length; ) {
    const width = Math.max(1, lengths[order[at]!]!);
    const rows = Math.max(1, Math.min(batchSize, Math.floor(batchTokens / width)));
    batches.push(order.slice(at, at + rows));
    at += rows;
  }
  return batches;
}
