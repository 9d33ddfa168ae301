import { AppError } from '@llmops/platform/errors';

/** An origin that cannot be reached, refuses us, or is not what was said. */
export const originFailed = (message: string, cause?: unknown) =>
  new AppError({ code: 'data.origin_failed', category: 'unavailable', message, cause });

/** An address that an origin must not lead to. */
export const originForbidden = (message: string) =>
  new AppError({ code: 'data.origin_forbidden', category: 'forbidden', message });

/** One item of an origin that cannot be taken. */
export const itemInvalid = (message: string, cause?: unknown) =>
  new AppError({ code: 'data.item_invalid', category: 'invalid', message, cause });
