export { authorize } from './call-context.ts';
export { type Client, type ClientOptions, createClient } from './client.ts';
export { GrpcService, type Handlers } from './grpc-service.ts';
export { GrpcTransport } from './grpc-transport.ts';
export { validateMessage } from './validate.ts';
