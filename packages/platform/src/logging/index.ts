import { type Logger as PinoLogger, pino } from 'pino';

export type Logger = PinoLogger;

/** JSON lines on stdout. Fields that may hold secrets are cut before they are written. */
export const createLogger = (service: string, level: string): Logger =>
  pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ['*.authorization', '*.cookie', '*.password', '*.secret', '*.token', '*.apiKey', 'err.config'],
      censor: '[redacted]',
    },
  });

/** Nest's own messages through the same log; its start-up chatter goes to debug. */
export const nestLogger = (log: Logger) => ({
  log: (message: unknown) => log.debug(String(message)),
  warn: (message: unknown) => log.warn(String(message)),
  error: (message: unknown, stack?: unknown) => log.error({ stack: String(stack ?? '') }, String(message)),
  debug: () => {},
  verbose: () => {},
  fatal: (message: unknown) => log.fatal(String(message)),
});
