const transportCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** Connection lost, shutting down, out of disk, memory or connections, I/O error; 25006: a replica that is no primary yet. */
const outageStates = /^(08|53|58|57P0|25006)/;

/**
 * Whether an error says that the database is away (refused, cut, shutting down, starting, full), so that
 * the same work will succeed later. Drizzle wraps pg's errors, so causes are looked at too.
 */
export function isOutage(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as { code?: unknown };
    if (typeof code === 'string' && (transportCodes.has(code) || outageStates.test(code))) return true;
    if (
      /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error/i.test(
        cause.message,
      )
    ) {
      return true;
    }
  }
  return false;
}
