import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { openAiErrorBody } from '@llmops/llm-protocol';
import type { Operation } from '../call/call.ts';
import type { HttpRefusal } from '../http-refusal.ts';
import { readBody } from '../read-body.ts';
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

  const answer = async (operation: Operation, request: IncomingMessage, response: ServerResponse) => {
    const body = await readBody(request, config.GATEWAY_MAX_BODY_BYTES);
    if (Buffer.isBuffer(body)) await handle(operation, request, response, body);
    else refuse(response, body);
  };

  const server = createServer((request, response) => {
    const operation = operationOf(request);
    if (operation === undefined) return others(request, response);
    // We are stopping: the client's next request must find another of us.
    if (!server.listening) response.setHeader('connection', 'close');
    answer(operation, request, response).catch((error: unknown) => {
      log.debug({ err: error }, 'the client left before its request was complete');
      response.destroy();
    });
  });
  // Longer than load balancers keep theirs, so that it is not us who close a connection they are about to use.
  server.keepAliveTimeout = 72_000;
  return server;
}

function operationOf({ method, url = '' }: IncomingMessage): Operation | undefined {
  if (method !== 'POST') return undefined;
  const query = url.indexOf('?');
  return operations[query === -1 ? url : url.slice(0, query)];
}

function refuse(response: ServerResponse, { status, code, message }: HttpRefusal): void {
  const body = JSON.stringify(openAiErrorBody({ message, type: 'invalid_request_error', param: null, code }));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
