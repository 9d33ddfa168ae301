import { Task } from '@llmops/contracts/models/v1/model';
import type { Route } from '@llmops/contracts/models/v1/provider';
import { AppError } from '@llmops/platform/errors';
import type { Call, Operation } from '../call/call.ts';
import type { Directory } from '../directory/directory.ts';

const tasks: Record<Operation, Task> = {
  chat: Task.CHAT,
  text_completion: Task.CHAT,
  embeddings: Task.EMBEDDING,
};

const does: Partial<Record<Task, string>> = {
  [Task.EMBEDDING]: 'makes embeddings',
  [Task.RERANK]: 'orders search results',
};

/** Where the call's model leads. Throws `gateway.model_not_found`, or `gateway.model_wrong_task`. */
export function findRoute(directory: Directory, call: Call): Route {
  const route = directory.route(call.principal!.projectId, call.requestedModel);
  if (!route) {
    const name = JSON.stringify(call.requestedModel.slice(0, 200));
    throw new AppError({
      code: 'model_not_found',
      category: 'not_found',
      message: `model: ${name} does not exist, or this project has no access to it. GET /v1/models lists what there is.`,
      param: 'model',
    });
  }
  if (route.task !== Task.UNSPECIFIED && route.task !== tasks[call.operation]) {
    throw new AppError({
      code: 'gateway.model_wrong_task',
      category: 'invalid',
      message: `model: ${call.requestedModel} ${does[route.task] ?? 'generates text'} and cannot serve this endpoint.`,
      param: 'model',
    });
  }
  return route;
}
