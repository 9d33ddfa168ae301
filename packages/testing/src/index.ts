export { createTestDatabase, type TestDatabase } from './database.ts';
export { startTestNats } from './nats.ts';
export { newTenant, type TestTenant, testContext } from './tenant.ts';
export { testTokens } from './tokens.ts';
export { until } from './until.ts';
