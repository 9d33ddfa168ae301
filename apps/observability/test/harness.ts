import type { DescService } from '@bufbuild/protobuf';
import { TraceService } from '@llmops/contracts/observability/v1/trace';
import { Role } from '@llmops/contracts/options/v1/options';
import { connectNats, type Nats, type RunningService } from '@llmops/platform';
import {
  type CallInit,
  clientOf,
  createTestDatabase,
  publishCalls,
  startTestNats,
  type TestDatabase,
  type TestTenant,
  testCaller,
  testServiceConfig,
  testTokens,
  until,
  untilReady,
} from '@llmops/testing';
import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { createApp } from '../src/app.ts';
import { migrationsFolder } from '../src/db/migrate.ts';

const tokens = testTokens();
export let database: TestDatabase;
export let natsServer: Awaited<ReturnType<typeof startTestNats>>;
export let nats: Nats;
export let service: RunningService;

export const configOf = () => ({
  ...testServiceConfig(natsServer.url, tokens.publicKey),
  DATABASE_URL: database.url('observability'),
  OBSERVABILITY_RETENTION_DAYS: 30,
  OBSERVABILITY_METRICS_RETENTION_DAYS: 400,
  OBSERVABILITY_LINGER_MS: 5,
});

export const client = <S extends DescService>(contract: S, of = service) => clientOf(of, contract);

export const viewerOf = (tenant: TestTenant, signal = new AbortController().signal) =>
  testCaller(tokens, tenant, { organizationRole: Role.VIEWER, projectRole: Role.VIEWER, signal });

/** Publishes and waits until all are listed. */
export async function record(tenant: TestTenant, calls: CallInit[]) {
  await publishCalls(nats, calls);
  return until(async () => {
    const listed = await list(tenant, { pageSize: 200 });
    return calls.every((call) => listed.some((trace) => trace.traceId === call.traceId)) ? listed : undefined;
  });
}

export async function list(tenant: TestTenant, request: object) {
  const { traces } = await client(TraceService).listTraces(await viewerOf(tenant), {
    project: tenant.projectId,
    ...request,
  });
  return traces;
}

export async function rows<T extends pg.QueryResultRow>(sql: string, values: unknown[] = [], url = database.adminUrl) {
  const connection = new pg.Client({ connectionString: url });
  await connection.connect();
  try {
    return (await connection.query<T>(sql, values)).rows;
  } finally {
    await connection.end();
  }
}

beforeAll(async () => {
  database = await createTestDatabase({ observability: migrationsFolder });
  natsServer = await startTestNats();
  nats = await connectNats(natsServer.url, 'test');
  service = await createApp(configOf());
  await untilReady(service);
});

afterAll(async () => {
  await service?.stop();
  await nats?.drain();
  await natsServer?.stop();
});
