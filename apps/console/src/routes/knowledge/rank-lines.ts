import type { SearchResponse } from '@llmops/contracts/retrieval/v1/search';

/** One way to order the chunks of a search, beside others. */
export interface RankColumn {
  id: string;
  label: string;
  /** Chunks by rank, best first. */
  chunks: string[];
}

/** Where one chunk stands in the columns that have it among the rows shown; column and row from 0. */
export interface RankLine {
  chunk: string;
  points: { column: number; row: number }[];
}

export interface RankLines {
  columns: RankColumn[];
  rows: number;
  /** Of the results, best last, so that they are drawn above the others. */
  lines: RankLine[];
}

/** At most this many ranks of an arm are shown; a result below them has no place in its column. */
const mostRows = 15;

/** Each arm's ranking, the fused one and the final one side by side, and a line for every result through them. */
export function rankLines(response: SearchResponse): RankLines {
  const { results } = response;
  const final = results.map(({ chunk }) => chunk?.id ?? '');
  const columns: RankColumn[] = response.arms
    .filter(({ used }) => used)
    .map(({ name, results: found }) => ({ id: name, label: name, chunks: found.map(({ chunk }) => chunk) }));
  const wasReranked = response.reranker !== 'none' && response.reranker !== '';
  if (wasReranked && results.some(({ features }) => 'fused' in features)) {
    const fused = results.toSorted((a, b) => (b.features['fused'] ?? 0) - (a.features['fused'] ?? 0));
    columns.push({ id: '$fused', label: 'fused', chunks: fused.map(({ chunk }) => chunk?.id ?? '') });
  }
  columns.push({ id: '$final', label: wasReranked ? 'reranked' : 'fused', chunks: final });
  const longest = Math.max(...columns.map(({ chunks }) => chunks.length));
  const rows = Math.min(longest, Math.max(mostRows, final.length));
  const lines = final.map((chunk) => ({ chunk, points: pointsOf(chunk, columns, rows) }));
  return { columns, rows, lines: lines.reverse() };
}

function pointsOf(chunk: string, columns: readonly RankColumn[], rows: number): RankLine['points'] {
  return columns.flatMap(({ chunks }, column) => {
    const row = chunks.indexOf(chunk);
    return row >= 0 && row < rows ? [{ column, row }] : [];
  });
}
