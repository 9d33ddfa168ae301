import { commonDepth } from './sections.ts';

interface Child {
  headingPath: string[];
  tokens: number;
  start: number;
  end: number;
}

/**
 * Groups of neighbours of at most `limit` tokens, the largest that follow the document's own division: a section with
 * all below it when that fits, else its parts.
 */
export function groupIntoParents<C extends Child>(chunks: C[], limit: number, depth = 0): C[][] {
  if (chunks.length === 0) return [];
  if (chunks.length === 1 || total(chunks) <= limit) return [chunks];
  const parts = byHeading(chunks, depth);
  const deeper = chunks.some((chunk) => chunk.headingPath.length > depth);
  const groups = deeper
    ? parts.flatMap((part) => groupIntoParents(part, limit, depth + 1))
    : chunks.map((chunk) => [chunk]);
  return joinSmall(groups, limit, depth);
}

function byHeading<C extends Child>(chunks: C[], depth: number): C[][] {
  const parts: C[][] = [];
  for (const chunk of chunks) {
    const before = parts.at(-1)?.[0];
    if (before && before.headingPath[depth] === chunk.headingPath[depth]) parts.at(-1)!.push(chunk);
    else parts.push([chunk]);
  }
  return parts;
}

/** Neighbours under one heading are shown together while they fit. */
function joinSmall<C extends Child>(groups: C[][], limit: number, depth: number): C[][] {
  const joined: C[][] = [];
  for (const group of groups) {
    const before = joined.at(-1);
    const related = before && commonDepth(before[0]!.headingPath, group[0]!.headingPath) >= depth;
    if (before && related && total([...before, ...group]) <= limit) before.push(...group);
    else joined.push([...group]);
  }
  return joined;
}

const total = (chunks: Child[]): number => chunks.reduce((sum, { tokens }) => sum + tokens, 0);
