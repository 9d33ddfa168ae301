import type { JsonRow } from '../formats/index.ts';
import { canonicalJson } from './canonical-json.ts';

/** Columns in which two rows differ. */
export const changedColumns = (before: JsonRow, after: JsonRow): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (column) => canonicalJson(before[column] ?? null) !== canonicalJson(after[column] ?? null),
  );

/** How alike two rows are, 0 to 1: the share of equal columns, texts counting by the words they share. */
export function rowSimilarity(before: JsonRow, after: JsonRow): number {
  const columns = new Set([...Object.keys(before), ...Object.keys(after)]);
  let equal = 0;
  for (const column of columns) equal += valueSimilarity(before[column] ?? null, after[column] ?? null);
  return columns.size === 0 ? 1 : equal / columns.size;
}

function valueSimilarity(a: unknown, b: unknown): number {
  const [textA, textB] = [canonicalJson(a), canonicalJson(b)];
  if (textA === textB) return 1;
  const plain = (value: unknown) => typeof value === 'number' || typeof value === 'boolean' || value === null;
  return plain(a) || plain(b) ? 0 : wordOverlap(textA, textB);
}

/** Dice's coefficient of the words; of single characters where there is one word, as in Chinese. */
function wordOverlap(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  const counts = new Map<string, number>();
  for (const part of left) counts.set(part, (counts.get(part) ?? 0) + 1);
  let shared = 0;
  for (const part of right) {
    const count = counts.get(part) ?? 0;
    if (count === 0) continue;
    shared += 1;
    counts.set(part, count - 1);
  }
  return (2 * shared) / (left.length + right.length);
}

const parts = (text: string): string[] => {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length > 2 ? words : [...text];
};
