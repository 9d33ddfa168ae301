import type { DescService } from '@bufbuild/protobuf';
import { Role } from '@llmops/contracts/options/v1/options';
import type { RunningService } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import type { Client } from '@llmops/platform/grpc';
import {
  clientOf,
  createTestDatabase,
  newTenant,
  startTestNats,
  type TestDatabase,
  testCaller,
  testServiceConfig,
  testTokens,
  untilReady,
} from '@llmops/testing';
import { createApp } from '../src/app.ts';
import type { ServeConfig } from '../src/config.ts';
import { migrationsFolder } from '../src/db/migrate.ts';

export interface DataHarness {
  service: RunningService;
  database: TestDatabase;
  tokens: ReturnType<typeof testTokens>;
  client<S extends DescService>(contract: S): Client<S>;
  /** A fresh project and its administrator, or a member with less. */
  tenant(role?: Role): Promise<{ ctx: RequestContext; project: string; organizationId: string }>;
  stop(): Promise<void>;
}

/** The service with a database and a NATS of its own. */
export async function startDataHarness(settings: Partial<ServeConfig> & { OBJECTS_DIR: string }): Promise<DataHarness> {
  const database = await createTestDatabase({ data: migrationsFolder });
  const nats = await startTestNats();
  const tokens = testTokens('data');
  const service = await createApp({
    ...testServiceConfig(nats.url, tokens.publicKey),
    DATABASE_URL: database.url('data'),
    SERVICE_TOKEN_PRIVATE_KEY: tokens.serviceKeys['data']!,
    // Nobody answers there; a test that needs an embedder brings one.
    INFERENCE_ADDR: '127.0.0.1:1',
    GOVERNANCE_ADDR: '127.0.0.1:1',
    OBSERVABILITY_ADDR: '127.0.0.1:1',
    OBJECTS_S3_ENDPOINT: 'http://127.0.0.1:1',
    OBJECTS_S3_REGION: 'us-east-1',
    OBJECTS_S3_ACCESS_KEY_ID: '',
    OBJECTS_S3_SECRET_ACCESS_KEY: '',
    DATA_FOLDERS: [],
    DATA_ALLOW_PRIVATE_NETWORKS: true,
    DATA_EMBEDDING_MODEL: 'all-minilm-l6-v2',
    DATA_MAX_UPLOAD_BYTES: 1 << 30,
    DATA_UPLOAD_DAYS: 1,
    ...settings,
  });
  await untilReady(service);
  return {
    service,
    database,
    tokens,
    client: (contract) => clientOf(service, contract),
    tenant: async (role = Role.ADMIN) => {
      const tenant = newTenant();
      const ctx = await testCaller(tokens, tenant, { projectRole: role, organizationRole: role });
      return { ctx, project: tenant.projectId, organizationId: tenant.organizationId };
    },
    stop: async () => {
      await service.stop();
      await nats.stop();
    },
  };
}
