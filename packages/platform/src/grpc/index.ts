export { type Client, type ClientOptions, createClient } from './client.ts';
export { GrpcService, type Handlers } from './grpc-service.ts';
export { GrpcTransport } from './grpc-transport.ts';
