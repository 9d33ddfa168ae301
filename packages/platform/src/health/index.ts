import { createServer, type Server } from 'node:http';
import { splitAddress } from '../config/index.ts';
import { metrics } from '../metrics.ts';

/** One thing a service needs before it can serve; resolves to the reason when it is missing. */
export type ReadinessCheck = () => Promise<string | undefined> | string | undefined;

export interface Health {
  /** Why the service cannot serve now; empty when it can. */
  reasons(): Promise<string[]>;
  /** From now on not ready, so that no new work is sent here. */
  drain(): void;
}

export function createHealth(checks: Record<string, ReadinessCheck>): Health {
  let draining = false;
  return {
    reasons: async () => {
      if (draining) return ['draining'];
      const results = await Promise.all(
        Object.entries(checks).map(async ([name, check]) => {
          const reason = await Promise.resolve()
            .then(check)
            .catch((error: Error) => error.message);
          return reason === undefined ? [] : [`${name}: ${reason}`];
        }),
      );
      return results.flat();
    },
    drain: () => {
      draining = true;
    },
  };
}

/** The answer to a health path: status, content type and body; undefined for other paths. */
export async function answerHealth(path: string, health: Health): Promise<[number, string, string] | undefined> {
  if (path === '/livez') return [200, 'application/json', '{"status":"ok"}'];
  if (path === '/metrics') return [200, metrics.contentType, await metrics.metrics()];
  if (path !== '/readyz') return undefined;
  const reasons = await health.reasons();
  const ready = reasons.length === 0;
  return [ready ? 200 : 503, 'application/json', JSON.stringify({ status: ready ? 'ready' : 'not ready', reasons })];
}

/** Serves /livez, /readyz and /metrics. */
export async function serveHealth(listen: string, health: Health): Promise<Server> {
  const server = createServer((request, response) => {
    void answerHealth(request.url ?? '', health).then((answer) => {
      const [status, type, body] = answer ?? [404, 'text/plain', 'not found'];
      response.writeHead(status, { 'content-type': type }).end(body);
    });
  });
  const { host, port } = splitAddress(listen);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  return server;
}
