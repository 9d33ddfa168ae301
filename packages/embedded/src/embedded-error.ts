/** A server could not be fetched, started or stopped; `message` says what to do about it. */
export class EmbeddedError extends Error {
  readonly code: `embedded.${string}`;

  constructor(code: `embedded.${string}`, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'EmbeddedError';
    this.code = code;
  }
}
