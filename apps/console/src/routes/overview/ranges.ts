export type Range = '15m' | '1h' | '24h' | '7d';

interface RangeSpec {
  label: string;
  seconds: number;
  /** About 60 steps. */
  stepS: number;
  refetchMs: number;
}

export const ranges: Record<Range, RangeSpec> = {
  '15m': { label: '15 min', seconds: 900, stepS: 15, refetchMs: 5_000 },
  '1h': { label: '1 h', seconds: 3_600, stepS: 60, refetchMs: 10_000 },
  '24h': { label: '24 h', seconds: 86_400, stepS: 1_800, refetchMs: 60_000 },
  '7d': { label: '7 d', seconds: 604_800, stepS: 10_800, refetchMs: 120_000 },
};

export const rangeOptions = Object.entries(ranges).map(([value, { label }]) => ({ value: value as Range, label }));

export function isRange(value: unknown): value is Range {
  return typeof value === 'string' && Object.hasOwn(ranges, value);
}

/** Bounds in Unix seconds on whole steps, so that a step does not change its contents from one look to the next. */
export function boundsOf(range: Range, now = Date.now()): { start: number; end: number; stepS: number } {
  const { seconds, stepS } = ranges[range];
  const end = Math.ceil(now / 1000 / stepS) * stepS;
  return { start: end - seconds, end, stepS };
}
