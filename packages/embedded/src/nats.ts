import { mkdir } from 'node:fs/promises';
import type { Binaries } from './binaries.ts';
import { EmbeddedError } from './embedded-error.ts';
import { type Launch, launch, type ServerProcess, sleep, stopWith } from './process.ts';
import { repoFile } from './repo-root.ts';

export interface NatsOptions {
  binaries: Binaries;
  /** JetStream's folder. */
  dataDir: string;
  port: number;
  password: string;
  user?: string;
  /** `always` (what an ack promises survives a power cut) unless told; tests may take `2m`. */
  sync?: 'always' | '2m';
  /** The server's config; `infra/nats/nats.conf` unless told. */
  configFile?: string;
  onLog?: (chunk: Buffer) => void;
}

export interface NatsServer extends ServerProcess {
  /** `nats://user:password@127.0.0.1:PORT` */
  url: string;
  port: number;
}

const READY_TIMEOUT_MS = 30_000;

/**
 * Starts NATS with JetStream on 127.0.0.1 and waits until it takes connections.
 * @throws EmbeddedError `embedded.nats_failed` with the end of its log
 */
export async function startNats(options: NatsOptions): Promise<NatsServer> {
  const user = options.user ?? 'llmops';
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  const running = await launch(
    options.binaries.natsServer,
    ['-c', options.configFile ?? repoFile('infra/nats/nats.conf')],
    {
      cwd: '/',
      env: {
        NATS_HOST: '127.0.0.1',
        NATS_PORT: String(options.port),
        NATS_STORE_DIR: quoted(options.dataDir),
        NATS_USER: quoted(user),
        NATS_PASSWORD: quoted(options.password),
        NATS_SYNC_INTERVAL: options.sync ?? 'always',
      },
      onLog: options.onLog,
    },
  );
  await untilReady(running);
  return {
    url: `nats://${encodeURIComponent(user)}:${encodeURIComponent(options.password)}@127.0.0.1:${options.port}`,
    port: options.port,
    pid: running.pid,
    exited: running.exited,
    stop: () =>
      stopWith(running, [
        ['SIGTERM', 10_000],
        ['SIGKILL', 5_000],
      ]),
  };
}

/** The config parser reads a variable like a value in the file: unquoted, a password such as `1e5` becomes a number. */
const quoted = (value: string): string => JSON.stringify(value);

async function untilReady(running: Launch): Promise<void> {
  let gone = false;
  void running.exited.then(() => {
    gone = true;
  });
  for (let waited = 0; waited < READY_TIMEOUT_MS && !gone; waited += 20) {
    // Its own word, because on a taken port somebody else would greet us. Said after the streams are recovered.
    if (running.tail().includes('Server is ready')) return;
    await sleep(20);
  }
  await stopWith(running, [['SIGKILL', 5_000]]);
  throw new EmbeddedError('embedded.nats_failed', `NATS did not start:\n${running.tail()}`);
}
