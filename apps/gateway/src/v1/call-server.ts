import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { Operation } from '../call/call.ts';
import type { CallDependencies } from './call-dependencies.ts';
import { createCallHandler } from './handle-call.ts';

const operations: Record<string, Operation> = {
  '/v1/chat/completions': 'chat',
  '/v1/completions': 'text_completion',
  '/v1/embeddings': 'embeddings',
};

/**
 * The HTTP server. Model calls are answered on node:http itself, because routing, hooks and replies of a framework cost
 * as much as all that we do for a call; everything else goes to `others`.
 */
export function createCallServer(dependencies: CallDependencies, others: RequestListener): Server {
  const handle = createCallHandler(dependencies);
  const { config, log } = dependencies;

  const server = createServer((request, response) => {
    const operation = operationOf(request);
    if (operation === undefined) return others(request, response);
    // We are stopping: the client's next request must find another of us.
    if (!server.listening) response.setHeader('connection', 'close');
    handle(operation, request, response).catch((error: unknown) => {
      log.error({ err: error }, 'a call could not be ended');
      response.destroy();
    });
  });
  // Longer than load balancers keep theirs, so that it is not us who close a connection they are about to use.
  server.keepAliveTimeout = 72_000;
  // A client that stops reading holds its answer in our memory; nothing moves for so long only then.
  server.timeout = config.GATEWAY_TIMEOUT_MS + 2 * config.GATEWAY_RECORD_TIMEOUT_MS;
  return server;
}

function operationOf({ method, url = '' }: IncomingMessage): Operation | undefined {
  if (method !== 'POST') return undefined;
  const query = url.indexOf('?');
  return operations[query === -1 ? url : url.slice(0, query)];
}
