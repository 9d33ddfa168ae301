import { tooManySteps, windowInvalid } from './usage.errors.ts';

export interface Steps {
  stepS: number;
  /** Milliseconds since the epoch, a multiple of the step. */
  startMs: number;
  count: number;
  /** Of the sums that are read: 3600 where the steps are whole hours. */
  widthS: 60 | 3600;
}

const nice = [60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400];
const maxSteps = 1_500;

/**
 * Equal steps that cover [start, end): whole minutes on multiples of the step since the epoch, so that neighbouring
 * queries agree. Without a step one is chosen that gives about 60.
 */
export function planSteps(start: Date | undefined, end: Date | undefined, stepS: number, now = Date.now()): Steps {
  const endMs = end?.getTime() ?? (start ? Math.max(now, start.getTime() + 60_000) : now);
  const startMs = start?.getTime() ?? endMs - 3_600_000;
  if (!(startMs < endMs)) throw windowInvalid();
  const rangeS = (endMs - startMs) / 1000;
  const step = stepS > 0 ? Math.ceil(stepS / 60) * 60 : (nice.find((each) => rangeS / each <= 60) ?? 86_400);
  const firstMs = Math.floor(startMs / (step * 1000)) * step * 1000;
  const count = Math.ceil((endMs - firstMs) / (step * 1000));
  if (count > maxSteps) throw tooManySteps(count, maxSteps);
  return { stepS: step, startMs: firstMs, count, widthS: step % 3_600 === 0 ? 3600 : 60 };
}
