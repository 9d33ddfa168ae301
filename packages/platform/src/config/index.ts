import { readFileSync } from 'node:fs';
import { z } from 'zod';

const address = z.string().regex(/^[^\s:]+:\d{1,5}$/, 'expected host:port');

/** Settings that every service has; a service's config.ts extends this and is the only file to read the environment. */
export const baseConfig = z.object({
  GRPC_LISTEN: address.default('127.0.0.1:0'),
  HTTP_LISTEN: address.default('127.0.0.1:0'),
  NATS_URL: z.string().default('nats://127.0.0.1:4222'),
  INTERNAL_TOKEN_PUBLIC_KEY: z.string().min(1),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export type BaseConfig = z.infer<typeof baseConfig>;

/** Settings of a service with a database: as the role `<service>_app`. */
export const databaseConfig = baseConfig.extend({ DATABASE_URL: z.string().min(1) });

/** Of a service that calls others for its background work. */
export const serviceTokenConfig = { SERVICE_TOKEN_PRIVATE_KEY: z.string().min(1) };

export type DatabaseConfig = z.infer<typeof databaseConfig>;

/** What `main.mjs migrate` needs: the role `<service>_owner`, which a serving process is not given. */
export const ownerConfig = z.object({ DATABASE_OWNER_URL: z.string().min(1) });

export type OwnerConfig = z.infer<typeof ownerConfig>;

/** `host:port` of a peer. */
export const peerAddress = address;

type Environment = Record<string, string | undefined>;

/**
 * Parses the environment once; on failure prints one line a setting and ends the process. A setting that is absent is
 * read from the file that `<NAME>_FILE` names, without its last line break: that is how containers are given secrets.
 */
export function loadConfig<T extends z.ZodObject>(schema: T, environment: Environment): z.infer<T> {
  const result = schema.safeParse(withFiles(Object.keys(schema.shape), environment));
  if (result.success) return result.data;
  for (const issue of result.error.issues) process.stderr.write(`${issue.path.join('.')}: ${issue.message}\n`);
  process.exit(78);
}

function withFiles(names: string[], environment: Environment): Environment {
  const read = { ...environment };
  for (const name of names) {
    const file = environment[`${name}_FILE`];
    if (read[name] === undefined && file !== undefined) read[name] = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  }
  return read;
}

/** Splits `host:port`. */
export function splitAddress(value: string): { host: string; port: number } {
  const colon = value.lastIndexOf(':');
  return { host: value.slice(0, colon), port: Number(value.slice(colon + 1)) };
}
