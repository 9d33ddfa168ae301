import { AppError } from '@llmops/platform/errors';

export const messageInvalid = (cause: unknown) =>
  new AppError({
    code: 'observability.message_invalid',
    category: 'invalid',
    message: `The message holds no completed calls: ${cause instanceof Error ? cause.message : String(cause)}`,
    cause,
  });
