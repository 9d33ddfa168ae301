import type { BaseConfig, RunningService } from '@llmops/platform';
import { createClient } from '@llmops/platform/grpc';
import { testTokens } from './tokens.ts';
import { until } from './until.ts';

/** The settings that every service has, on free ports and silent. */
export const testServiceConfig = (natsUrl: string, publicKey = testTokens().publicKey): BaseConfig => ({
  GRPC_LISTEN: '127.0.0.1:0',
  HTTP_LISTEN: '127.0.0.1:0',
  NATS_URL: natsUrl,
  INTERNAL_TOKEN_PUBLIC_KEY: publicKey,
  LOG_LEVEL: 'silent',
});

/** A client of one contract of a running service. */
export const clientOf = <S extends Parameters<typeof createClient>[0]>(service: RunningService, contract: S) =>
  createClient(contract, { address: `127.0.0.1:${service.grpcPort}`, peer: 'service' });

export const isReady = async (service: RunningService): Promise<boolean> =>
  (await fetch(`http://127.0.0.1:${service.httpPort}/readyz`)).ok;

export const untilReady = (service: RunningService): Promise<boolean> => until(() => isReady(service));
