import { request } from 'node:http';
import type { Paths } from './paths.ts';
import type { SupervisorStatus } from './supervisor/supervisor.ts';

/** The running supervisor's status, or undefined when none answers. */
export const fetchStatus = (at: Paths): Promise<SupervisorStatus | undefined> =>
  call<SupervisorStatus>(at, 'GET', '/status');

/** Asks the supervisor to stop everything. False when none answers. */
export const requestStop = async (at: Paths): Promise<boolean> => (await call(at, 'POST', '/stop')) !== undefined;

function call<T>(at: Paths, method: string, path: string): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath: at.socket, method, path, timeout: 10_000 }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if ((response.statusCode ?? 500) < 300) resolve(JSON.parse(text) as T);
        else reject(new Error(`The supervisor answered ${response.statusCode}: ${text}`));
      });
    });
    outgoing.once('timeout', () => outgoing.destroy());
    // No socket, a stale one, or one that closes as the supervisor ends.
    outgoing.once('error', () => resolve(undefined));
    outgoing.end();
  });
}
