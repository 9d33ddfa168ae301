import type { MessageInitShape, MessageShape } from '@bufbuild/protobuf';
import { create, type DescMessage, type DescMethod, type DescService, fromJsonString } from '@bufbuild/protobuf';
import { type HttpRoute, routeOf } from '@llmops/contracts';
import { type HttpBody, HttpBodySchema } from '@llmops/contracts/http-body';
import { problemOf } from './api-error.ts';
import { httpRequestOf } from './http-request.ts';
import { readServerSentEvents } from './server-sent-events.ts';
import { type CallOptions, type ClientOptions, send } from './transport.ts';

interface MethodShape {
  input: DescMessage;
  output: DescMessage;
  methodKind: DescMethod['methodKind'];
}

/** A generated service descriptor, with the types of its methods. */
export type ServiceShape = Omit<DescService, 'method'> & { method: Record<string, MethodShape> };

type Call<M extends MethodShape> = M['methodKind'] extends 'server_streaming'
  ? (request: MessageInitShape<M['input']>, options?: CallOptions) => AsyncIterable<MessageShape<M['output']>>
  : (request: MessageInitShape<M['input']>, options?: CallOptions) => Promise<MessageShape<M['output']>>;

/** One function per RPC: a promise of the answer, or an async iterable of them for a server stream. */
export type Client<S extends ServiceShape> = { [K in keyof S['method']]: Call<S['method'][K]> };

/**
 * Makes a client of the REST form of a service from its descriptor. An RPC without a route (internal ones) gets no
 * function. Calls throw ApiError; a stream stops when its signal aborts or its loop is left.
 */
export function createClient<S extends ServiceShape>(service: S, options: ClientOptions): Client<S> {
  const methods = service.methods.flatMap((method) => {
    const route = routeOf(method);
    return route === undefined ? [] : [[method.localName, callOf(method, route, options)] as const];
  });
  return Object.fromEntries(methods) as Record<string, unknown> as Client<S>;
}

type Init = MessageInitShape<DescMessage>;

function callOf(method: DescMethod, route: HttpRoute, options: ClientOptions) {
  const requestOf = (init: Init) => httpRequestOf(method, route, create(method.input, init));
  if (method.methodKind === 'server_streaming') {
    return (init: Init, call: CallOptions = {}) => stream(method, requestOf(init), options, call);
  }
  return async (init: Init, call: CallOptions = {}) => {
    if (isFile(method)) return fileOf(await send(options, requestOf(init), '*/*', call));
    const response = await send(options, requestOf(init), 'application/json', call);
    return fromJsonString(method.output, await response.text(), { ignoreUnknownFields: true });
  };
}

async function* stream(
  method: DescMethod,
  request: ReturnType<typeof httpRequestOf>,
  options: ClientOptions,
  call: CallOptions,
) {
  if (isFile(method)) {
    yield* fileChunks(await send(options, request, '*/*', call));
    return;
  }
  const response = await send(options, request, 'text/event-stream', call);
  if (response.body === null) return;
  for await (const { event, data } of readServerSentEvents(response.body)) {
    if (event === 'error') throw problemOf(data, response.status, 'The stream failed');
    yield fromJsonString(method.output, data, { ignoreUnknownFields: true });
  }
}

/** Whether the answer is a file and not JSON. */
const isFile = (method: DescMethod): boolean => method.output.typeName === HttpBodySchema.typeName;

async function fileOf(response: Response): Promise<HttpBody> {
  const data = new Uint8Array(await response.arrayBuffer());
  return create(HttpBodySchema, { contentType: response.headers.get('content-type') ?? '', data });
}

async function* fileChunks(response: Response): AsyncIterable<HttpBody> {
  const contentType = response.headers.get('content-type') ?? '';
  if (response.body === null) return;
  for await (const data of response.body) yield create(HttpBodySchema, { contentType, data });
}
