import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { Supervisor } from './supervisor.ts';

/** Serves the supervisor's state on a unix socket that only the owner can open: `GET /status`, `POST /stop`. */
export async function serveControl(socket: string, supervisor: Supervisor, onStop: () => void): Promise<Server> {
  const server = createServer((request, response) => {
    const send = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (request.method === 'GET' && request.url === '/status') {
      supervisor.status().then(
        (status) => send(200, status),
        (error: unknown) => send(500, { message: String(error) }),
      );
    } else if (request.method === 'POST' && request.url === '/stop') {
      send(202, {});
      onStop();
    } else {
      send(404, { message: `no ${request.method} ${request.url}` });
    }
  });
  await rm(socket, { force: true });
  // The home folder is closed to others; the mask closes the socket where it had to lie elsewhere.
  const mask = process.umask(0o177);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, resolve);
  }).finally(() => process.umask(mask));
  return server;
}
