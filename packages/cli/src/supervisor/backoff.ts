const FIRST_MS = 200;
const LONGEST_MS = 10_000;
/** A process that was ready this long has recovered: its next crash is a first one. */
export const HEALTHY_MS = 30_000;

/** How long to wait before restart number `failures` (from 1) in a row: 0.2 s, doubling up to 10 s. */
export const backoffMs = (failures: number): number => Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1));
