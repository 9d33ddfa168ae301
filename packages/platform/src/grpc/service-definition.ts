import { create, type DescMethod, type DescService, fromBinary, type Message, toBinary } from '@bufbuild/protobuf';
import type { MethodDefinition, ServiceDefinition } from '@grpc/grpc-js';

type Definition = MethodDefinition<Message, Message>;

/** The path of a method on the wire: `/llmops.inference.v1.InferenceService/Chat`. */
export const methodPath = (method: DescMethod): string => `/${method.parent.typeName}/${method.name}`;

/** A method in the form grpc-js takes, from the one generated description of it. */
export function methodDefinition(method: DescMethod): Definition {
  const serialize = (desc: DescMethod['input']) => (value: Message) =>
    Buffer.from(toBinary(desc, '$typeName' in value ? value : create(desc, value as never)));
  return {
    path: methodPath(method),
    requestStream: method.methodKind === 'client_streaming' || method.methodKind === 'bidi_streaming',
    responseStream: method.methodKind === 'server_streaming' || method.methodKind === 'bidi_streaming',
    requestSerialize: serialize(method.input),
    requestDeserialize: (bytes) => fromBinary(method.input, bytes),
    responseSerialize: serialize(method.output),
    responseDeserialize: (bytes) => fromBinary(method.output, bytes),
  };
}

/** A service in the form `grpc.Server.addService` takes. */
export const serviceDefinition = (service: DescService): ServiceDefinition =>
  Object.fromEntries(service.methods.map((method) => [method.localName, methodDefinition(method)]));
