import type {
  DescMethodServerStreaming,
  DescMethodUnary,
  DescService,
  MessageInitShape,
  MessageShape,
} from '@bufbuild/protobuf';
import { Controller } from '@nestjs/common';
import { Ctx, MessagePattern, Payload } from '@nestjs/microservices';
import type { RequestContext } from '../context/index.ts';
import { methodPath } from './service-definition.ts';

type Handler<M> =
  M extends DescMethodUnary<infer I, infer O>
    ? (request: MessageShape<I>, context: RequestContext) => Promise<MessageInitShape<O>>
    : M extends DescMethodServerStreaming<infer I, infer O>
      ? (request: MessageShape<I>, context: RequestContext) => AsyncIterable<MessageInitShape<O>>
      : never;

/** What a controller of a service implements: a method per RPC; `implements Handlers<typeof ApiKeyService>`. */
export type Handlers<S extends DescService> = { [K in keyof S['method']]: Handler<S['method'][K]> };

/** Makes a class the controller of a contract's service: every RPC is handled by the method of its name. */
export function GrpcService(service: DescService): ClassDecorator {
  return (target) => {
    Controller()(target);
    for (const method of service.methods) {
      const descriptor = Object.getOwnPropertyDescriptor(target.prototype, method.localName);
      if (!descriptor) throw new Error(`${target.name} has no method ${method.localName} for ${methodPath(method)}`);
      Payload()(target.prototype, method.localName, 0);
      Ctx()(target.prototype, method.localName, 1);
      MessagePattern(methodPath(method))(target.prototype, method.localName, descriptor);
    }
  };
}
