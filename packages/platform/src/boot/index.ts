export { runUntilSignal } from './run-until-signal.ts';
export { type RunningService, type StartServiceOptions, startService } from './start-service.ts';
