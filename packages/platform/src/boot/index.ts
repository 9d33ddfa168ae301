export { natsCheck } from './nats-check.ts';
export { resourcesModule } from './resources-module.ts';
export { runUntilSignal } from './run-until-signal.ts';
export { type RunningService, type StartServiceOptions, startService } from './start-service.ts';
export { startTask, type TaskOptions } from './start-task.ts';
export { CONFIG, DATABASE, LOGGER, NATS } from './tokens.ts';
