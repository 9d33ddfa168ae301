import type { Route } from '@llmops/contracts/models/v1/provider';
import { AppError } from '@llmops/platform/errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { authenticate } from '../auth/authenticate.ts';
import { callerOfV1 } from '../auth/principal.ts';
import type { Directory } from '../directory/directory.ts';

/** `GET /v1/models` and `GET /v1/models/{model}`: the names the caller may use. */
export function listModels(app: FastifyInstance, directory: Directory): void {
  const projectOf = (request: FastifyRequest) =>
    callerOfV1(authenticate(directory, request), request.headers['x-llmops-project']).projectId;

  app.get('/models', async (request) => {
    return { object: 'list', data: directory.routes(projectOf(request)).map(toModel) };
  });

  // A provider's models have a slash in their name.
  app.get('/models/*', async (request) => {
    const name = (request.params as { '*': string })['*'];
    const route = directory.route(projectOf(request), name);
    if (route) return toModel(route);
    throw new AppError({
      code: 'model_not_found',
      category: 'not_found',
      message: `model: ${JSON.stringify(name.slice(0, 200))} does not exist. GET /v1/models lists what there is.`,
      param: 'model',
    });
  });
}

const toModel = (route: Route) => ({
  id: route.alias,
  object: 'model',
  created: Number(route.createTimeS),
  owned_by: route.ownedBy || 'llmops',
});
