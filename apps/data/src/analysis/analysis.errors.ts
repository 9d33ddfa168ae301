import { AppError } from '@llmops/platform/errors';

export const analysisFailed = (reason: string, cause?: unknown) =>
  new AppError({
    code: 'data.analysis_failed',
    category: 'internal',
    message: `The rows could not be looked at: ${reason}.`,
    cause,
  });

export const analysisTimedOut = (timeoutMs: number) =>
  new AppError({
    code: 'data.analysis_timed_out',
    category: 'unavailable',
    message: `Looking at the rows took longer than ${Math.round(timeoutMs / 1000)} s and was stopped; take fewer rows or checks.`,
  });
