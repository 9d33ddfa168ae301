import { isMessage, toJson } from '@bufbuild/protobuf';
import { accessOf } from '@llmops/contracts';
import { HttpBodySchema } from '@llmops/contracts/http-body';
import { Scope } from '@llmops/contracts/options/v1/options';
import { anonymous, createTokenMinter, type Logger, type Principal } from '@llmops/platform';
import { newSpanId, newTraceId, parseTraceparent, type RequestContext } from '@llmops/platform/context';
import { AppError, isAppError, type Problem, toProblem } from '@llmops/platform/errors';
import { authorize, validateMessage } from '@llmops/platform/grpc';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { authenticate } from '../auth/authenticate.ts';
import { principalIn, principalOf } from '../auth/principal.ts';
import type { Config } from '../config.ts';
import type { Directory } from '../directory/directory.ts';
import { type HttpRefusal, httpRefusal, RefusedRequest, wrongMediaType } from '../http-refusal.ts';
import { restDuration } from '../metrics.ts';
import { isJson, readBody } from '../read-body.ts';
import { openApiDocument } from './openapi.ts';
import type { Peers } from './peers.ts';
import { type RequestBody, readRequest } from './read-request.ts';
import { type Match, RouteTable, takesFile } from './route-table.ts';
import { fileHeaders, sendFile } from './send-file.ts';
import { sendStream } from './send-stream.ts';
import { createSessionCookies } from './session-cookie.ts';

export interface RestDependencies {
  config: Config;
  log: Logger;
  directory: Directory;
  peers: Peers;
}

/** Serves every contract's REST routes under `/api/v1` from their annotations: no route is written by hand. */
export function restPlugin({ config, log, directory, peers }: RestDependencies) {
  const table = new RouteTable(peers.services);
  const mint = createTokenMinter(config.INTERNAL_TOKEN_PRIVATE_KEY);
  const cookies = createSessionCookies(config);
  const document = JSON.stringify(openApiDocument(table));

  const contextOf = async (match: Match, request: FastifyRequest, signal: AbortSignal): Promise<RequestContext> => {
    const principal = callerOf(directory, match, request);
    const trace = parseTraceparent(request.headers.traceparent as string | undefined);
    return {
      ...(principal ?? anonymous),
      requestId: request.id,
      trace: trace ?? { traceId: newTraceId(), spanId: newSpanId() },
      signal,
      token: principal && (await mint(principal)),
    };
  };

  const matchOf = (request: FastifyRequest): { match: Match; query: string } => {
    const [path = '', query = ''] = request.url.split('?', 2);
    const match = table.match(request.method, path);
    if (!match) throw routeNotFound(request.method, path, table.allowed(path));
    return { match, query };
  };

  const serve = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const { match, query } = matchOf(request);
    const controller = new AbortController();
    reply.raw.once('close', () => controller.abort());
    const context = await contextOf(match, request, controller.signal);
    const { method } = match.target;
    const message = readRequest(match, new URLSearchParams(query), bodyOf(request, takesFile(match.target)));
    if (method.methodKind === 'server_streaming') {
      // Its service checks the same; by then the stream's 200 has left.
      validateMessage(method.input, message);
      authorize(method, accessOf(method), context, message);
      const send = method.output.typeName === HttpBodySchema.typeName ? sendFile : sendStream;
      return send(reply, method, peers.stream(method, context, message), controller.signal);
    }
    const answer = await peers.unary(method, context, message);
    if (isMessage(answer, HttpBodySchema))
      return reply.headers(fileHeaders(answer.contentType)).send(Buffer.from(answer.data));
    cookies.apply(method, answer, reply);
    return reply
      .type('application/json')
      .send(JSON.stringify(toJson(method.output, answer, { alwaysEmitImplicit: true })));
  };

  return async (app: FastifyInstance): Promise<void> => {
    // A file may come as any type; where JSON is due, `bodyOf` says so.
    app.addContentTypeParser('*', (request: FastifyRequest) =>
      readBody(request.raw, config.GATEWAY_MAX_BODY_BYTES, 'bytes'),
    );
    app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
    app.addHook('onResponse', async (request, reply) => {
      const labels = { method: request.method, status: String(reply.statusCode) };
      restDuration.observe(labels, reply.elapsedTime / 1000);
    });
    // Before its body: what nobody we know sends, or sends nowhere, is not kept in memory.
    app.addHook('onRequest', async (request) => {
      if (request.routeOptions.url?.endsWith('/*')) callerOf(directory, matchOf(request).match, request);
    });
    app.get('/openapi.json', (_request, reply) => reply.type('application/json').send(document));
    app.all('/*', serve);
  };

  function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply) {
    const refusal = httpRefusal(error);
    const problem = refusal ? problemOf(refusal, request.id) : toProblem(error, request.id);
    if (problem.status >= 500) log.error({ err: error, requestId: request.id }, 'REST request failed');
    if (isAppError(error) && error.retryAfterMs !== undefined) {
      void reply.header('retry-after', Math.ceil(error.retryAfterMs / 1000));
    }
    return reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}

const problemOf = ({ status, code, message }: HttpRefusal, requestId: string): Problem => ({
  type: `urn:llmops:error:${code}`,
  title: (code.split('.').at(-1) ?? code).replaceAll('_', ' '),
  status,
  detail: message,
  code,
  requestId,
});

/** Throws `RefusedRequest` for a body that was not taken. */
function bodyOf(request: FastifyRequest, isFile: boolean): RequestBody | undefined {
  const body = request.body as Buffer | HttpRefusal | undefined;
  if (body === undefined) return undefined;
  if (!Buffer.isBuffer(body)) throw new RefusedRequest(body);
  const contentType = request.headers['content-type'] ?? '';
  if (!isFile && !isJson(contentType)) throw new RefusedRequest(wrongMediaType());
  return { contentType, bytes: body };
}

/** Undefined for public methods, which need no credential. */
function callerOf(directory: Directory, match: Match, request: FastifyRequest): Principal | undefined {
  const access = accessOf(match.target.method);
  if (access.public) return undefined;
  const credential = authenticate(directory, request);
  const project = match.parameters['project'];
  return access.scope === Scope.PROJECT && project !== undefined
    ? principalIn(credential, project)
    : principalOf(credential);
}

function routeNotFound(verb: string, path: string, allowed: string[]): AppError {
  const hint = allowed.length > 0 ? `it takes ${allowed.join(', ')}` : 'the routes are listed at /api/v1/openapi.json';
  return new AppError({
    code: 'gateway.route_not_found',
    category: 'not_found',
    message: `${verb} ${path} does not exist; ${hint}.`,
  });
}
