import { AppError } from '@llmops/platform/errors';

export const traceNotFound = (id: string) =>
  new AppError({
    code: 'observability.trace_not_found',
    category: 'not_found',
    message: `trace: ${JSON.stringify(id)} does not exist in this project, or was removed with its day.`,
  });
