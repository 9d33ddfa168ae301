export { resourcesModule } from './resources-module.ts';
export { runUntilSignal } from './run-until-signal.ts';
export { type RunningService, type StartServiceOptions, startService } from './start-service.ts';
export { CONFIG, DATABASE, LOGGER, NATS } from './tokens.ts';
