import { AppError } from '@llmops/platform/errors';

export const modelNotFound = (id: string) =>
  new AppError({
    code: 'models.model_not_found',
    category: 'not_found',
    message: `model: ${JSON.stringify(id)} is not in the catalogue; list the models for their ids.`,
  });

export const fetchStopping = (id: string) =>
  new AppError({
    code: 'models.fetch_stopping',
    category: 'conflict',
    message: `model: the fetch of ${JSON.stringify(id)} is being cancelled; try again in a few seconds.`,
  });

/** Kept as the error of the artifact: no source could give the files. */
export const fetchFailed = (reasons: string, cause: unknown) =>
  new AppError({
    code: 'models.fetch_failed',
    category: 'unavailable',
    message: `No source could give the files. ${reasons}`,
    cause,
  });
