import type {
  DescMethod,
  DescMethodServerStreaming,
  DescMethodUnary,
  DescService,
  Message,
  MessageInitShape,
  MessageShape,
} from '@bufbuild/protobuf';
import { type CallOptions, credentials, Client as GrpcClient, Metadata, type ServiceError } from '@grpc/grpc-js';
import { formatTraceparent, type RequestContext } from '../context/index.ts';
import { fromServiceError } from '../errors/index.ts';
import { methodDefinition } from './service-definition.ts';

type Caller<M> =
  M extends DescMethodUnary<infer I, infer O>
    ? (context: RequestContext, request: MessageInitShape<I>) => Promise<MessageShape<O>>
    : M extends DescMethodServerStreaming<infer I, infer O>
      ? (context: RequestContext, request: MessageInitShape<I>) => AsyncIterable<MessageShape<O>>
      : never;

/** A service seen from another: identity, trace, deadline and cancellation of the context travel with each call. */
export type Client<S extends DescService> = { [K in keyof S['method']]: Caller<S['method'][K]> } & { close(): void };

export interface ClientOptions {
  /** `host:port` */
  address: string;
  /** Named in errors. */
  peer: string;
  /** For calls whose context has no deadline. */
  timeoutMs?: number;
}

const channelOptions = {
  'grpc.max_receive_message_length': 16 << 20,
  'grpc.keepalive_time_ms': 20_000,
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 2_000,
};

/** Connects on first use and reconnects by itself; failures are `AppError`s. */
export function createClient<S extends DescService>(service: S, options: ClientOptions): Client<S> {
  const client = new GrpcClient(options.address, credentials.createInsecure(), channelOptions);
  const entries = service.methods.map((method) => [
    method.localName,
    method.methodKind === 'server_streaming'
      ? streamCaller(client, method, options)
      : unaryCaller(client, method, options),
  ]);
  return Object.assign(Object.fromEntries(entries), { close: () => client.close() }) as Client<S>;
}

function unaryCaller(client: GrpcClient, method: DescMethod, options: ClientOptions) {
  const { path, requestSerialize, responseDeserialize } = methodDefinition(method);
  return (context: RequestContext, request: Message): Promise<Message> =>
    new Promise((resolve, reject) => {
      const call = client.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        request,
        metadataOf(context),
        callOptions(context, options.timeoutMs ?? 10_000),
        (error, response) => {
          context.signal.removeEventListener('abort', cancel);
          if (error) reject(fromServiceError(error, options.peer));
          else resolve(response!);
        },
      );
      const cancel = () => call.cancel();
      if (context.signal.aborted) cancel();
      else context.signal.addEventListener('abort', cancel, { once: true });
    });
}

function streamCaller(client: GrpcClient, method: DescMethod, options: ClientOptions) {
  const { path, requestSerialize, responseDeserialize } = methodDefinition(method);
  return async function* (context: RequestContext, request: Message): AsyncIterable<Message> {
    const call = client.makeServerStreamRequest(
      path,
      requestSerialize,
      responseDeserialize,
      request,
      metadataOf(context),
      callOptions(context, options.timeoutMs),
    );
    const cancel = () => call.cancel();
    if (context.signal.aborted) cancel();
    else context.signal.addEventListener('abort', cancel, { once: true });
    try {
      for await (const message of call) yield message as Message;
    } catch (error) {
      throw fromServiceError(error as ServiceError, options.peer);
    } finally {
      context.signal.removeEventListener('abort', cancel);
      // Also when the reader stops early; has no effect on a finished call.
      call.cancel();
    }
  };
}

function metadataOf(context: RequestContext): Metadata {
  const metadata = new Metadata();
  metadata.set('traceparent', formatTraceparent(context.trace));
  metadata.set('x-request-id', context.requestId);
  if (context.token !== undefined) metadata.set('authorization', `Bearer ${context.token}`);
  return metadata;
}

function callOptions(context: RequestContext, timeoutMs: number | undefined): CallOptions {
  const deadline = context.deadlineMs ?? (timeoutMs === undefined ? undefined : Date.now() + timeoutMs);
  return deadline === undefined ? {} : { deadline };
}
