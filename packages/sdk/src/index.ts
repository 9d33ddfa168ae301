export { ApiError, type FieldViolation } from './api-error.ts';
export { type Client, createClient, type ServiceShape } from './client.ts';
export { createLlmops, type Llmops } from './llmops.ts';
export { readServerSentEvents, type ServerSentEvent } from './server-sent-events.ts';
export type { CallOptions, ClientOptions } from './transport.ts';
