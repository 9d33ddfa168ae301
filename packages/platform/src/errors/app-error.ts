/** What kind of failure it is: decides the gRPC status, the HTTP status and whether a consumer tries again. */
export type ErrorCategory =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'exhausted'
  | 'unavailable'
  | 'internal';

export interface FieldViolation {
  field: string;
  message: string;
}

export interface AppErrorOptions {
  /** `retrieval.index_not_found`; has a page in docs/errors. */
  code: string;
  category: ErrorCategory;
  /** Shown to the caller: names the field and the fix, holds no secret. */
  message: string;
  fields?: FieldViolation[] | undefined;
  /** The OpenAI error body's `param`. */
  param?: string | undefined;
  retryAfterMs?: number | undefined;
  cause?: unknown;
}

/** The one error class that crosses layers; its `message` is public. */
export class AppError extends Error {
  override name = 'AppError';
  readonly isAppError = true;
  readonly code: string;
  readonly category: ErrorCategory;
  readonly fields: FieldViolation[];
  readonly param: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor({ code, category, message, fields = [], param, retryAfterMs, cause }: AppErrorOptions) {
    super(message, { cause });
    this.code = code;
    this.category = category;
    this.fields = fields;
    this.param = param;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Recognises an AppError without `instanceof`, which fails across bundles. */
export const isAppError = (error: unknown): error is AppError =>
  error instanceof Error && (error as { isAppError?: boolean }).isAppError === true;
