import { AppError } from './app-error.ts';

/** Errors of libraries below the platform that are the caller's fault, as AppErrors; every other error as it is. */
export function fromUnknown(error: unknown): unknown {
  if (error instanceof Error && error.name === 'InvalidCursorError') {
    const fields = [{ field: 'page_token', message: error.message.replace(/^page_token: /, '') }];
    return new AppError({
      code: 'platform.invalid_argument',
      category: 'invalid',
      message: error.message,
      fields,
      cause: error,
    });
  }
  return error;
}
