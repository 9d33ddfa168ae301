import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const policy = [
  "default-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "frame-ancestors 'none'",
  "base-uri 'self'",
  "form-action 'self'",
].join('; ');

/** Serves the built console; its pages have paths of their own, all answered with its index. */
export function consolePlugin(directory: string | undefined) {
  return async (app: FastifyInstance): Promise<void> => {
    if (directory === undefined || !existsSync(directory)) {
      app.get('/', (_request, reply) =>
        reply.type('text/plain').send('The console is not built. The API is at /v1 and /api/v1.\n'),
      );
      return;
    }
    app.addHook('onSend', async (_request, reply) => {
      void reply
        .header('content-security-policy', policy)
        .header('x-content-type-options', 'nosniff')
        .header('referrer-policy', 'same-origin');
    });
    await app.register(fastifyStatic, { root: resolve(directory), serve: false, cacheControl: false });
    app.get('/*', (request, reply) => {
      const path = request.url.split('?')[0]!;
      const isFile = /\.\w+$/.test(path) && !path.startsWith('/p/');
      if (!isFile) return reply.header('cache-control', 'no-cache').sendFile('index.html');
      // File names below assets carry a hash of their content.
      const forever = path.startsWith('/assets/');
      void reply.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
      return reply.sendFile(path);
    });
  };
}
