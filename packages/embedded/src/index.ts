export { type Binaries, defaultCacheDir, ensureBinaries } from './binaries.ts';
export { EmbeddedError } from './embedded-error.ts';
export { type NatsOptions, type NatsServer, startNats } from './nats.ts';
export { freePort, freePorts, isPortFree } from './ports.ts';
export { type PostgresOptions, type PostgresServer, startPostgres } from './postgres.ts';
export { prepareDatabase, SERVICES_WITH_DATABASE } from './prepare-database.ts';
export {
  type Exit,
  isAlive,
  killGroup,
  type Launch,
  launch,
  type ServerProcess,
  sleep,
  stopWith,
  within,
} from './process.ts';
export { repoFile, repoRoot } from './repo-root.ts';
export { reachableDir } from './unprivileged.ts';
