import { AppError, type ErrorCategory } from '@llmops/platform/errors';

export { AppError } from '@llmops/platform/errors';

/** A request of the caller that cannot be served as it is. */
export const invalid = (code: string, message: string, param?: string) =>
  new AppError({ code: `inference.${code}`, category: 'invalid', message, param });

/** An error as it travels between processes. */
export interface ErrorRecord {
  readonly code: string;
  readonly category: ErrorCategory;
  readonly message: string;
  readonly retryAfterMs?: number | undefined;
}

export const fromRecord = (record: ErrorRecord) => new AppError(record);
