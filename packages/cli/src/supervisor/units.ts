import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { type Binaries, launch, startNats, startPostgres, stopWith } from '@llmops/embedded';
import { paths } from '../paths.ts';
import { GATEWAY, type ServiceSpec } from '../services.ts';
import { CliError } from '../settings.ts';
import { type Installation, serviceEnvironment } from '../start/service-environment.ts';
import type { Unit } from './supervised.ts';

/** A service drains for as long; then it is killed. */
const DRAIN_MS = 15_000;

export const bundleOf = (root: string, spec: ServiceSpec): string => join(root, spec.folder, 'dist/main.mjs');

/** @throws CliError that names the services without a bundle */
export function requireBundles(root: string, services: readonly ServiceSpec[]): void {
  const missing = services.filter((spec) => !existsSync(bundleOf(root, spec))).map(({ name }) => name);
  if (missing.length > 0) throw new CliError(`Not built: ${missing.join(', ')}. Run "pnpm build" in ${root}.`);
}

/** A service as its own bundled process. */
export function serviceUnit(spec: ServiceSpec, installation: Installation): Unit {
  const { settings, ports } = installation;
  const httpPort = ports[spec.name === GATEWAY ? GATEWAY : `${spec.name}.http`]!;
  return {
    name: spec.name,
    port: ports[spec.name]!,
    async start(onLog) {
      const running = await launch(process.execPath, [bundleOf(settings.root, spec)], {
        cwd: join(settings.root, spec.folder),
        env: serviceEnvironment(spec, installation),
        onLog,
      });
      const stop = () =>
        stopWith(running, [
          ['SIGTERM', DRAIN_MS],
          ['SIGKILL', 5_000],
        ]);
      return { pid: running.pid, exited: running.exited, stop };
    },
    unreadyReason: () => readyz(httpPort),
  };
}

export function postgresUnit(binaries: Binaries, { settings, secrets, ports }: Installation): Unit {
  const port = ports['postgres']!;
  return {
    name: 'postgres',
    port,
    start: (onLog) =>
      startPostgres({
        binaries,
        dataDir: paths(settings.home).postgres,
        port,
        password: secrets.postgresPassword,
        onLog,
      }),
    unreadyReason: () => accepts(port),
  };
}

export function natsUnit(binaries: Binaries, { settings, secrets, ports }: Installation): Unit {
  const port = ports['nats']!;
  return {
    name: 'nats',
    port,
    start: (onLog) =>
      startNats({ binaries, dataDir: paths(settings.home).nats, port, password: secrets.natsPassword, onLog }),
    unreadyReason: () => accepts(port),
  };
}

async function readyz(port: number): Promise<string | undefined> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(5_000) });
    const body = await response.text();
    return response.ok ? undefined : `not ready (${response.status}): ${body.slice(0, 300)}`;
  } catch {
    return `does not answer on port ${port}`;
  }
}

function accepts(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const done = (reason: string | undefined): void => {
      socket.destroy();
      resolve(reason);
    };
    socket.setTimeout(5_000, () => done(`does not answer on port ${port}`));
    socket.once('connect', () => done(undefined));
    socket.once('error', () => done(`does not answer on port ${port}`));
  });
}
