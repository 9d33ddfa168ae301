import { maximumMeanDiscrepancy } from '@llmops/stats';
import { decodeVector } from '../contamination/index.ts';
import type { DriftFigure } from './compare-column.ts';

export interface VectorItem {
  readonly column: string;
  readonly side: 'reference' | 'current';
  /** Base64 of little-endian float32. */
  readonly vector: string;
}

export interface MeaningDrift {
  readonly column: string;
  readonly figure: DriftFigure;
}

/** MMD² of the embeddings of each column's texts. Columns with fewer than ten texts on a side, or all alike, have none. */
export function meaningDrift() {
  const columns = new Map<string, { reference: Float32Array[]; current: Float32Array[] }>();
  return {
    take({ column, side, vector }: VectorItem): void {
      const sides = columns.get(column) ?? { reference: [], current: [] };
      sides[side].push(decodeVector(vector));
      columns.set(column, sides);
    },
    end(): MeaningDrift[] {
      return [...columns].flatMap(([column, { reference, current }]) => {
        if (reference.length < 10 || current.length < 10 || allAlike([...reference, ...current])) return [];
        const { estimate, low, high, pValue } = maximumMeanDiscrepancy(reference, current);
        return [{ column, figure: { name: 'mmd', value: estimate, low, high, pValue } }];
      });
    },
  };
}

/** Most of them the same: there is no median distance. */
function allAlike(vectors: readonly Float32Array[]): boolean {
  const counts = new Map<string, number>();
  for (const vector of vectors) counts.set(vector.join(), (counts.get(vector.join()) ?? 0) + 1);
  return Math.max(...counts.values()) > vectors.length / 2;
}
