export interface Steps {
  stepS: number;
  /** Milliseconds since the epoch, a multiple of the step. */
  startMs: number;
  count: number;
  /** Of the roll-ups that are read: 3600 where the steps are whole hours. */
  widthS: 60 | 3600;
}

export interface Range {
  startTime?: Date | undefined;
  endTime?: Date | undefined;
  /** Seconds; 0 for a step that suits the range. */
  stepS: number;
}

/** The service's own errors for a range that cannot be answered. */
export interface Refusals {
  windowInvalid: () => Error;
  tooManySteps: (count: number, max: number) => Error;
}

const nice = [60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400];
const maxSteps = 1_500;

/**
 * Equal steps that cover [start, end): whole minutes on multiples of the step since the epoch, so that neighbouring
 * queries agree. Without a step one is chosen that gives about 60, without times the range is the last hour. For roll-ups
 * by minute and by hour.
 */
export function planSteps({ startTime, endTime, stepS }: Range, refusals: Refusals, now = Date.now()): Steps {
  const endMs = endTime?.getTime() ?? (startTime ? Math.max(now, startTime.getTime() + 60_000) : now);
  const startMs = startTime?.getTime() ?? endMs - 3_600_000;
  if (!(startMs < endMs)) throw refusals.windowInvalid();
  const rangeS = (endMs - startMs) / 1000;
  const step = stepS > 0 ? Math.ceil(stepS / 60) * 60 : (nice.find((each) => rangeS / each <= 60) ?? 86_400);
  const firstMs = Math.floor(startMs / (step * 1000)) * step * 1000;
  const count = Math.ceil((endMs - firstMs) / (step * 1000));
  if (count > maxSteps) throw refusals.tooManySteps(count, maxSteps);
  return { stepS: step, startMs: firstMs, count, widthS: step % 3_600 === 0 ? 3600 : 60 };
}
