export {
  CONFIG,
  DATABASE,
  LOGGER,
  NATS,
  natsCheck,
  type RunningService,
  resourcesModule,
  runUntilSignal,
  type StartServiceOptions,
  startService,
  startTask,
} from './boot/index.ts';
export {
  type BaseConfig,
  baseConfig,
  type DatabaseConfig,
  databaseConfig,
  loadConfig,
  type OwnerConfig,
  ownerConfig,
  peerAddress,
  serviceTokenConfig,
  splitAddress,
} from './config/index.ts';
export { answerHealth, createHealth, type Health, type ReadinessCheck, serveHealth } from './health/index.ts';
export { newId } from './ids/index.ts';
export { createLogger, type Logger } from './logging/index.ts';
export { metrics } from './metrics.ts';
export { connectNats, type Nats } from './nats/index.ts';
export { seal, unseal } from './seal/index.ts';
export { anonymous, createTokenMinter, createTokenVerifier, type Principal } from './token/index.ts';
export { ServiceCaller, type ServiceTenant } from './token/service-caller.ts';
