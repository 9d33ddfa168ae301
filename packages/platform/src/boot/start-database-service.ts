import { appliesSchema, createDatabase, type Database, type OutboxTable } from '@llmops/db';
import type { INestMicroservice, Provider, Type } from '@nestjs/common';
import type { DatabaseConfig } from '../config/index.ts';
import { Outbox } from '../events/index.ts';
import { ensureBucket } from '../kv/index.ts';
import { createLogger, type Logger } from '../logging/index.ts';
import { connectNats, type Nats } from '../nats/index.ts';
import { natsCheck } from './nats-check.ts';
import { resourcesModule } from './resources-module.ts';
import { type RunningService, type StartServiceOptions, startService } from './start-service.ts';
import { CONFIG, DATABASE, LOGGER, NATS } from './tokens.ts';

/** A service that answers calls, for what runs beside them. */
export interface StartedService {
  app: INestMicroservice;
  log: Logger;
  database: Database;
  nats: Nats;
}

export interface DatabaseServiceOptions {
  /** `cost`: of the schema, the connection to NATS and the log. */
  name: string;
  config: DatabaseConfig;
  module: Type;
  /** Of the contracts; each needs its controller in the module. */
  services: StartServiceOptions['services'];
  migrationsFolder: string;
  /** The service's; without one it publishes nothing. */
  outboxTable?: OutboxTable;
  /** KV buckets that are made before anything else runs. */
  buckets?: readonly string[];
  /** Injectable beside CONFIG, DATABASE, NATS, LOGGER and `Outbox`. */
  providers?: Provider[];
  /** Of readiness, beside those of the database and NATS. */
  checks?: StartServiceOptions['checks'];
  /** Starts what runs beside the calls, and returns how to stop it. */
  background?: (started: StartedService) => (() => Promise<void>) | Promise<() => Promise<void>>;
}

/**
 * Boots a gRPC service that has a database. Postgres may be away: the service is unready until its schema is there. It
 * closes in the order background, outbox, NATS, database, so that what is in flight can still be written and sent.
 */
export async function startDatabaseService(options: DatabaseServiceOptions): Promise<RunningService> {
  const { name, config, migrationsFolder } = options;
  const log = createLogger(name, config.LOG_LEVEL);
  const database = createDatabase({ url: config.DATABASE_URL });
  const nats = await connectNats(config.NATS_URL, name);
  for (const bucket of options.buckets ?? []) await ensureBucket(nats, bucket);
  const outbox = options.outboxTable && new Outbox(database, options.outboxTable, nats, log);
  const resources = resourcesModule([
    { provide: CONFIG, useValue: config },
    { provide: DATABASE, useValue: database },
    { provide: NATS, useValue: nats },
    { provide: LOGGER, useValue: log },
    ...(outbox ? [{ provide: Outbox, useValue: outbox }] : []),
    ...(options.providers ?? []),
  ]);
  let stopBackground: (() => Promise<void>) | undefined;
  const service = await startService({
    config,
    log,
    module: { module: options.module, imports: [resources] },
    services: options.services,
    checks: (app) => ({
      database: async () =>
        (await appliesSchema(database, name, migrationsFolder)) ? undefined : 'migrations are missing',
      nats: natsCheck(nats),
      ...options.checks?.(app),
    }),
    close: async () => {
      await stopBackground?.();
      await outbox?.stop();
      await nats.drain();
      await database.close();
    },
  });
  outbox?.start();
  stopBackground = await options.background?.({ app: service.app, log, database, nats });
  return service;
}
