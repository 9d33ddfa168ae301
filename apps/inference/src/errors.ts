/** How the caller should react; the transport maps it to a status. */
export type ErrorCategory =
  | 'invalid_argument'
  | 'not_found'
  | 'resource_exhausted'
  | 'deadline_exceeded'
  | 'unavailable'
  | 'internal'
  | 'cancelled';

/** An error whose `publicMessage` may be shown to the caller. */
export class InferenceError extends Error {
  constructor(
    readonly code: `inference.${string}`,
    readonly category: ErrorCategory,
    readonly publicMessage: string,
    /** When trying again may help, in milliseconds from now. */
    readonly retryAfterMs?: number,
    options?: ErrorOptions,
  ) {
    super(`${code}: ${publicMessage}`, options);
    this.name = 'InferenceError';
  }
}

export const invalid = (code: `inference.${string}`, message: string) =>
  new InferenceError(code, 'invalid_argument', message);
