import 'reflect-metadata';
import type { DescService } from '@bufbuild/protobuf';
import {
  Catch,
  type DynamicModule,
  type ExceptionFilter,
  type INestMicroservice,
  Logger as NestLogger,
  type Type,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { BaseConfig } from '../config/index.ts';
import { GrpcTransport } from '../grpc/index.ts';
import { createHealth, type ReadinessCheck, serveHealth } from '../health/index.ts';
import { type Logger, nestLogger } from '../logging/index.ts';
import { createTokenVerifier } from '../token/index.ts';

/** Leaves errors to the transport, which keeps their types; Nest's own filter would make them "Internal server error". */
@Catch()
class PassErrors implements ExceptionFilter {
  catch(exception: unknown): never {
    throw exception;
  }
}

export interface StartServiceOptions {
  config: BaseConfig;
  log: Logger;
  module: Type | DynamicModule;
  /** Of the contracts; each needs its controller in the module. */
  services: readonly DescService[];
  /** What it needs before it is ready, of the booted module. */
  checks: (app: INestMicroservice) => Record<string, ReadinessCheck>;
  /** Run last, when no call is in flight: drain NATS, close pools. */
  close: () => Promise<void>;
}

export interface RunningService {
  app: INestMicroservice;
  grpcPort: number;
  httpPort: number;
  /** Not ready, drain calls, run the module's shutdown hooks, close connections. */
  stop(): Promise<void>;
}

/** Boots a gRPC service: Nest module, transport, health and metrics. Production and tests boot the same thing. */
export async function startService(options: StartServiceOptions): Promise<RunningService> {
  const { config, log } = options;
  const transport = new GrpcTransport({
    services: options.services,
    listen: config.GRPC_LISTEN,
    verify: createTokenVerifier(config.INTERNAL_TOKEN_PUBLIC_KEY),
    log,
  });
  NestLogger.overrideLogger(nestLogger(log));
  const app = await NestFactory.createMicroservice(options.module, {
    strategy: transport,
    logger: nestLogger(log),
    abortOnError: false,
  });
  app.useGlobalFilters(new PassErrors());
  const health = createHealth(options.checks(app));
  const http = await serveHealth(config.HTTP_LISTEN, health);
  await app.listen();
  const httpPort = (http.address() as { port: number }).port;
  log.info({ grpcPort: transport.port, httpPort }, 'listening');
  return {
    app,
    grpcPort: transport.port,
    httpPort,
    stop: async () => {
      health.drain();
      await transport.close();
      await app.close();
      await options.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
      log.info('stopped');
    },
  };
}
