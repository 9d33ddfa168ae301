const indexVersionIds = /^ix_[0-9a-z]{26}$/;

/**
 * An index version as a literal of SQL. As a parameter it would be planned for every partition there is; the id is from
 * our own row, and is checked all the same.
 */
export function indexLiteral(indexVersionId: string): string {
  if (!indexVersionIds.test(indexVersionId)) throw new Error(`not an index version: ${indexVersionId}`);
  return `'${indexVersionId}'`;
}

/** The partition of one model's vectors, as a literal. */
export const vectorPartition = (indexVersionId: string, slot: number): string =>
  `${indexLiteral(indexVersionId).slice(0, -1)}:${slot}'`;
