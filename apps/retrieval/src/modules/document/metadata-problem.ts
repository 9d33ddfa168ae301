/** Of objects and lists in each other; a message that nests a hundred deep is not read, and one such document would hide a page. */
const mostDepth = 16;

/** Why neither Postgres nor a message can hold it, in words; undefined when they can. */
export function metadataProblem(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return textProblem(value);
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'must hold no number beyond 1.8e308';
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === mostDepth) return `must not nest deeper than ${mostDepth}`;
  for (const [key, inner] of Object.entries(value)) {
    const problem = textProblem(key) ?? metadataProblem(inner, depth + 1);
    if (problem) return problem;
  }
  return undefined;
}

function textProblem(text: string): string | undefined {
  if (text.includes('\0')) return 'must hold no NUL';
  return text.isWellFormed() ? undefined : 'must hold no half of a surrogate pair';
}
