import type { ErrorCategory } from './app-error.ts';

const statuses: Record<ErrorCategory, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  exhausted: 429,
  unavailable: 503,
  internal: 500,
};

/** The HTTP status of a category. */
export const httpStatusOf = (category: ErrorCategory): number => statuses[category];
