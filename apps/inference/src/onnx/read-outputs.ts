import type { Tensor } from 'onnxruntime-node';
import type { Encoded } from './encoder-session.ts';
import { meanPool, normalise } from './pool.ts';

/** One vector of length 1 a row: the model's own pooling where the graph has it, else the mean of its tokens. */
export function vectorsOf({ outputs, lengths, width }: Encoded): Float32Array[] {
  const pooled = outputs['sentence_embedding'] as Tensor | undefined;
  if (pooled) return slices(pooled.data as Float32Array, lengths.length).map(normalise);
  const hidden = (outputs['last_hidden_state'] ?? Object.values(outputs)[0]) as Tensor;
  return meanPool(hidden.data as Float32Array, lengths, width, hidden.dims.at(-1)!);
}

/** One logit a row. With two classes (irrelevant, relevant) it is their difference, whose sigmoid is the softmax. */
export function logitsOf({ outputs, lengths }: Encoded): number[] {
  const logits = (outputs['logits'] ?? Object.values(outputs)[0]) as Tensor;
  const rows = slices(logits.data as Float32Array, lengths.length);
  const classes = rows[0]?.length;
  if (classes === 1) return rows.map(([only]) => only!);
  if (classes === 2) return rows.map(([no, yes]) => yes! - no!);
  throw new Error(`The model gives ${classes} figures a pair; a cross-encoder gives one or two.`);
}

function slices(data: Float32Array, rows: number): Float32Array[] {
  const width = data.length / rows;
  return Array.from({ length: rows }, (_, i) => data.slice(i * width, (i + 1) * width));
}
