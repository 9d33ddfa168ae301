import type { Timestamp } from '@bufbuild/protobuf/wkt';

/**
 * Lays points out over every step from `start` to `end` (Unix seconds, end excluded): where the server sent no point
 * the value is undefined. A point belongs to the step it falls in.
 */
export function fillSteps<P extends { time?: Timestamp | undefined }>(
  points: readonly P[],
  { start, end, stepS }: { start: number; end: number; stepS: number },
): { times: number[]; points: (P | undefined)[] } {
  const byStep = new Map(
    points.map((point) => [Math.floor((Number(point.time?.seconds ?? 0n) - start) / stepS), point]),
  );
  const count = Math.max(0, Math.round((end - start) / stepS));
  const steps = Array.from({ length: count }, (_, step) => step);
  return { times: steps.map((step) => start + step * stepS), points: steps.map((step) => byStep.get(step)) };
}
