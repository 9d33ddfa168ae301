import { once } from 'node:events';
import type { DescMethod, DescService, Message } from '@bufbuild/protobuf';
import {
  Server as GrpcServer,
  ServerCredentials,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
} from '@grpc/grpc-js';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { fromUnknown, isAppError, toServiceError } from '../errors/index.ts';
import type { Logger } from '../logging/index.ts';
import { rpcDuration } from '../metrics.ts';
import { accessRules, authorize, callContext, type VerifyToken } from './call-context.ts';
import { methodPath, serviceDefinition } from './service-definition.ts';
import { validateMessage } from './validate.ts';

type UnaryCall = ServerUnaryCall<Message, Message>;
type StreamCall = ServerWritableStream<Message, Message>;

export interface GrpcTransportOptions {
  services: readonly DescService[];
  /** `host:port`; port 0 takes a free one. */
  listen: string;
  verify: VerifyToken;
  log: Logger;
}

/**
 * Nest's transport for our contracts: grpc-js underneath, Nest's controllers above. Nest's own gRPC transport hides
 * typed errors, deadlines and cancellation, and turns each streamed token into an rxjs notification.
 */
export class GrpcTransport extends Server implements CustomTransportStrategy {
  readonly #server = new GrpcServer({
    'grpc.max_receive_message_length': 16 << 20,
    // Clients that keep pinging through a restart must not be cut off.
    'grpc.keepalive_permit_without_calls': 1,
  });
  readonly #options: GrpcTransportOptions;
  readonly #rules;
  /** The port in use, after listen. */
  port = 0;

  constructor(options: GrpcTransportOptions) {
    super();
    this.#options = options;
    this.#rules = accessRules(options.services.flatMap((service) => service.methods));
  }

  listen(callback: (error?: Error) => void): void {
    for (const service of this.#options.services) {
      const handlers = Object.fromEntries(service.methods.map((method) => [method.localName, this.#handle(method)]));
      this.#server.addService(serviceDefinition(service), handlers as never);
    }
    this.#server.bindAsync(this.#options.listen, ServerCredentials.createInsecure(), (error, port) => {
      this.port = port;
      callback(error ?? undefined);
    });
  }

  /** Stops taking calls and waits for those in flight, at most `timeoutMs`; then cuts them. */
  async close(timeoutMs = 10_000): Promise<void> {
    const drained = new Promise<void>((resolve) => this.#server.tryShutdown(() => resolve()));
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, timeoutMs);
    });
    await Promise.race([drained, timeout]);
    clearTimeout(timer);
    this.#server.forceShutdown();
  }

  on(): void {}

  unwrap<T>(): T {
    return this.#server as T;
  }

  #handle(method: DescMethod) {
    const handler = this.getHandlerByPattern(methodPath(method));
    if (!handler) throw new Error(`No controller handles ${methodPath(method)}`);
    const invoke = async (call: UnaryCall | StreamCall, signal: AbortSignal) => {
      const access = this.#rules.get(method)!;
      const context = await callContext(
        access,
        { metadata: call.metadata, deadlineMs: deadlineOf(call), signal },
        this.#options.verify,
      );
      // Rights first: who may not call learns nothing of what a call would need.
      authorize(method, access, context, call.request);
      validateMessage(method.input, call.request);
      return (await handler(call.request, context)) as unknown;
    };
    return method.methodKind === 'server_streaming'
      ? (call: StreamCall) => this.#stream(method, call, invoke)
      : (call: UnaryCall, reply: sendUnaryData<Message>) => this.#unary(method, call, reply, invoke);
  }

  async #unary(
    method: DescMethod,
    call: UnaryCall,
    reply: sendUnaryData<Message>,
    invoke: (call: UnaryCall, signal: AbortSignal) => Promise<unknown>,
  ): Promise<void> {
    const end = rpcDuration.startTimer({ method: methodPath(method) });
    try {
      const response = await invoke(call, cancellation(call));
      end({ code: 'OK' });
      reply(null, response as Message);
    } catch (error) {
      end({ code: this.#report(method, error) });
      reply(toServiceError(fromUnknown(error)));
    }
  }

  async #stream(
    method: DescMethod,
    call: StreamCall,
    invoke: (call: StreamCall, signal: AbortSignal) => Promise<unknown>,
  ): Promise<void> {
    const end = rpcDuration.startTimer({ method: methodPath(method) });
    const signal = cancellation(call);
    try {
      const responses = (await invoke(call, signal)) as AsyncIterable<Message>;
      for await (const response of responses) {
        if (signal.aborted) break;
        // A reader that does not keep up holds the producer back: no unbounded buffer.
        if (!call.write(response)) await drained(call, signal);
      }
      end({ code: signal.aborted ? 'CANCELLED' : 'OK' });
      call.end();
    } catch (error) {
      end({ code: signal.aborted ? 'CANCELLED' : this.#report(method, error) });
      call.emit('error', toServiceError(fromUnknown(error)));
    }
  }

  #report(method: DescMethod, thrown: unknown): string {
    const error = fromUnknown(thrown);
    if (isAppError(error) && error.category !== 'internal') return error.code;
    this.#options.log.error({ err: error, method: methodPath(method) }, 'call failed');
    return 'platform.internal';
  }
}

/** Aborts when the caller cancels or its deadline passes. */
function cancellation(call: UnaryCall | StreamCall): AbortSignal {
  const controller = new AbortController();
  if (call.cancelled) controller.abort();
  call.on('cancelled', () => controller.abort());
  return controller.signal;
}

function deadlineOf(call: UnaryCall | StreamCall): number | undefined {
  const deadline = call.getDeadline();
  const ms = deadline instanceof Date ? deadline.getTime() : deadline;
  return Number.isFinite(ms) ? ms : undefined;
}

const drained = async (call: StreamCall, signal: AbortSignal): Promise<void> => {
  await once(call, 'drain', { signal }).catch(() => {});
};
