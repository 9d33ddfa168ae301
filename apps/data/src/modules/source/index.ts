export { ReadSources } from './read-sources.ts';
export { RunSync, type SyncJobInput, syncJob } from './run-sync.ts';
export { SourceModule } from './source.module.ts';
export { SweepFiles } from './sweep-files.ts';
export { SyncDueSources } from './sync-due-sources.ts';
