import { AppError } from './app-error.ts';

/** Errors of libraries below the platform that are the caller's fault, as AppErrors; every other error as it is. */
export function fromUnknown(error: unknown): unknown {
  if (error instanceof Error && error.name === 'InvalidCursorError') {
    const fields = [{ field: 'page_token', message: error.message.replace(/^page_token: /, '') }];
    return invalid(error.message, error, fields);
  }
  if (isUnstorableText(error)) {
    return invalid(
      'A text of the request holds NUL or half a surrogate pair, which cannot be stored; leave it out.',
      error,
    );
  }
  return error;
}

/** What Postgres refuses in a text or in JSON, whatever column it is for; Drizzle wraps its errors. */
const unstorableStates = new Set<unknown>(['22021', '22P05']);

function isUnstorableText(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (unstorableStates.has((cause as { code?: unknown }).code)) return true;
  }
  return false;
}

const invalid = (message: string, cause: unknown, fields?: { field: string; message: string }[]) =>
  new AppError({ code: 'platform.invalid_argument', category: 'invalid', message, ...(fields && { fields }), cause });
