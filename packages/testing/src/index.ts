export { type CallInit, callsEvent, publishCalls, testCall } from './calls.ts';
export { createTestDatabase, type TestDatabase } from './database.ts';
export { startTestNats } from './nats.ts';
export { throughOutages } from './outages.ts';
export { type OwnServers, startOwnServers } from './own-servers.ts';
export { clientOf, testServiceConfig, untilReady } from './service.ts';
export { newTenant, type TestTenant, testCaller, testContext } from './tenant.ts';
export { testTokens } from './tokens.ts';
export { until } from './until.ts';
