import { AppError } from '@llmops/platform/errors';

/** The statement's fault, or that of the file it reads; the message is DuckDB's, without our paths. */
export const queryFailed = (reason: string, cause?: unknown) =>
  new AppError({ code: 'data.query_failed', category: 'invalid', message: `sql: ${withoutPaths(reason)}`, cause });

export const queryTimedOut = (timeoutMs: number) =>
  new AppError({
    code: 'data.query_timed_out',
    category: 'exhausted',
    message: `sql: did not end within ${timeoutMs / 1000} s and was stopped; narrow it, or ask for less.`,
  });

export const queryTooManyRows = (maxRows: number) =>
  new AppError({
    code: 'data.query_too_many_rows',
    category: 'exhausted',
    message: `sql: gives more than ${maxRows} rows; add a LIMIT or aggregate.`,
  });

const withoutPaths = (text: string): string => text.replaceAll(/(["']?)(?:\/[^\s/"']+){2,}\/([^\s/"']+)/g, '$1$2');
