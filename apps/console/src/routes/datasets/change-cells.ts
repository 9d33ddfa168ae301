import { cellText, contentOf } from './row-cells.ts';

export interface ChangedCell {
  column: string;
  before: string | undefined;
  after: string | undefined;
  changed: boolean;
}

/** Column by column what was and what is; undefined where there is no such row or column. */
export function changedCells(beforeJson: string, afterJson: string): ChangedCell[] {
  const before = beforeJson === '' ? {} : contentOf(beforeJson);
  const after = afterJson === '' ? {} : contentOf(afterJson);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].map((column) => ({
    column,
    before: column in before ? cellText(before[column]) : undefined,
    after: column in after ? cellText(after[column]) : undefined,
    changed: JSON.stringify(before[column]) !== JSON.stringify(after[column]),
  }));
}
