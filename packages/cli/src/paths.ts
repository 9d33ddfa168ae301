import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where everything lies below the home folder. */
export const paths = (home: string) => ({
  home,
  secrets: join(home, 'secrets.json'),
  credentials: join(home, 'credentials.json'),
  /** Written when the demo has been made. */
  demo: join(home, 'demo.json'),
  state: join(home, 'state.json'),
  lock: join(home, 'supervisor.lock'),
  socket: socketPath(home),
  logs: join(home, 'logs'),
  log: (service: string) => join(home, 'logs', `${service}.log`),
  postgres: join(home, 'postgres'),
  nats: join(home, 'nats'),
  objects: join(home, 'objects'),
});

/** A unix socket's path has at most 107 bytes (103 on macOS): one that would be longer moves to the temporary folder. */
function socketPath(home: string): string {
  const path = join(home, 'supervisor.sock');
  if (Buffer.byteLength(path) <= 100) return path;
  return join(tmpdir(), `llmops-${createHash('sha256').update(home).digest('hex').slice(0, 16)}.sock`);
}

export type Paths = ReturnType<typeof paths>;
