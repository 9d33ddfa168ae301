import { AppError } from '@llmops/platform/errors';

export const jobNotFound = (id: string) =>
  new AppError({
    code: 'data.job_not_found',
    category: 'not_found',
    message: `job: ${JSON.stringify(id)} does not exist in this project.`,
  });
