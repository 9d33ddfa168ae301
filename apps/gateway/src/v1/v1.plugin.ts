import type { FastifyInstance } from 'fastify';
import type { CallDependencies } from './call-dependencies.ts';
import { failureOf } from './failure.ts';
import { listModels } from './list-models.ts';

/** What `/v1` has beside model calls, which `call-server.ts` answers. */
export function v1Plugin(dependencies: CallDependencies) {
  return async (app: FastifyInstance): Promise<void> => {
    app.setErrorHandler((error, request, reply) => {
      const { status, body } = failureOf(error, request.id);
      return reply.status(status).send(body);
    });
    // A route, not a not-found handler: the console answers every other path with its page.
    app.all('/*', (request, reply) => {
      const message = `${request.method} ${request.url.split('?')[0]} does not exist. The API is documented at /api/v1/openapi.json.`;
      void reply
        .status(404)
        .send({ error: { message, type: 'invalid_request_error', param: null, code: 'gateway.route_not_found' } });
    });
    listModels(app, dependencies.directory);
  };
}
