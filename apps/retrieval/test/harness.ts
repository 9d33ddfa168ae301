import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DescService } from '@bufbuild/protobuf';
import {
  type Document,
  Document_State,
  DocumentService,
  IndexVersionService,
  KnowledgeBaseService,
} from '@llmops/contracts/retrieval/v1/knowledge_base';
import { SearchService } from '@llmops/contracts/retrieval/v1/search';
import { createDatabase } from '@llmops/db';
import { createLogger, type RunningService, startService } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import type { Client } from '@llmops/platform/grpc';
import {
  clientOf,
  createTestDatabase,
  newTenant,
  type OwnServers,
  startTestNats,
  testCaller,
  testServiceConfig,
  testTokens,
  until,
  untilReady,
} from '@llmops/testing';
import { Module } from '@nestjs/common';
import { createApp, type Overrides } from '../src/app.ts';
import type { ServeConfig } from '../src/config.ts';
import { migrationsFolder } from '../src/db/migrate.ts';
import { type DataState, dataState, fakeData } from './fake-data.ts';
import { fakeInference, faults, type InferenceFaults } from './fake-inference.ts';

export interface Api {
  service: RunningService;
  bases: Client<typeof KnowledgeBaseService>;
  documents: Client<typeof DocumentService>;
  versions: Client<typeof IndexVersionService>;
  search: Client<typeof SearchService>;
}

export interface Harness extends Api {
  inference: InferenceFaults;
  data: DataState;
  natsUrl: string;
  /** The folder of OBJECTS_DIR. */
  objects: string;
  /** As superuser. */
  query<T extends object>(sql: string, values?: unknown[]): Promise<T[]>;
  /** A caller of a project of its own. */
  caller(): Promise<RequestContext>;
  /** Another process of the service, over the same database. */
  another(overrides?: Overrides): Promise<Api>;
  stop(): Promise<void>;
}

type Class = new (...args: never[]) => object;

async function startPeer(
  natsUrl: string,
  publicKey: string,
  services: DescService[],
  controllers: Class[],
): Promise<RunningService> {
  class Peer {}
  Module({ controllers })(Peer);
  return startService({
    config: testServiceConfig(natsUrl, publicKey),
    log: createLogger('peer', 'silent'),
    module: Peer,
    services,
    checks: () => ({}),
    close: async () => {},
  });
}

async function sharedDatabase(): Promise<{ databaseUrl: string; adminUrl: string }> {
  const database = await createTestDatabase({ retrieval: migrationsFolder });
  return { databaseUrl: database.url('retrieval'), adminUrl: database.adminUrl };
}

/** The service with Postgres and NATS; inference and data are stand-ins that can be made to fail. */
export async function startHarness(
  settings: Partial<ServeConfig> = {},
  overrides: Overrides = {},
  servers?: OwnServers,
): Promise<Harness> {
  const database = servers ?? (await sharedDatabase());
  const nats = servers?.nats ?? (await startTestNats());
  const tokens = testTokens();
  const own = testTokens();
  const publicKeys = `${tokens.publicKey},retrieval=${own.publicKey}`;
  const inference = faults();
  const data = dataState();
  const { InferenceService } = await import('@llmops/contracts/inference/v1/inference');
  const { SourceService, UploadService } = await import('@llmops/contracts/data/v1/source');
  const inferencePeer = await startPeer(nats.url, publicKeys, [InferenceService], [fakeInference(inference)]);
  const dataPeer = await startPeer(nats.url, publicKeys, [UploadService, SourceService], fakeData(data));
  const objects = await mkdtemp(join(tmpdir(), 'llmops-retrieval-'));
  const config = {
    ...testServiceConfig(nats.url, publicKeys),
    DATABASE_URL: database.databaseUrl,
    SERVICE_TOKEN_PRIVATE_KEY: own.privateKey,
    OBJECTS_DIR: objects,
    OBJECTS_S3_ENDPOINT: 'http://127.0.0.1:9',
    OBJECTS_S3_REGION: '',
    OBJECTS_S3_ACCESS_KEY_ID: '',
    OBJECTS_S3_SECRET_ACCESS_KEY: '',
    INFERENCE_ADDR: `127.0.0.1:${inferencePeer.grpcPort}`,
    DATA_ADDR: `127.0.0.1:${dataPeer.grpcPort}`,
    RETRIEVAL_EMBEDDING_MODELS: ['tiny-a'],
    RETRIEVAL_MAX_DOCUMENT_BYTES: 1 << 20,
    RETRIEVAL_MAX_CHUNKS_PER_DOCUMENT: 1_000,
    RETRIEVAL_MAX_DOCUMENTS: 1_000,
    RETRIEVAL_MAX_INDEX_VERSIONS: 3,
    RETRIEVAL_PARSER_WORKERS: 1,
    RETRIEVAL_HNSW_MIN_VECTORS: 5_000,
    RETRIEVAL_HNSW_MEMORY_MB: 64,
    RETRIEVAL_EMBEDDING_CACHE_DAYS: 30,
    RETRIEVAL_EMBEDDING_PATIENCE_HOURS: 1,
    ...settings,
  } satisfies ServeConfig;
  const services: RunningService[] = [];
  const boot = async (more: Overrides): Promise<Api> => {
    const running = await createApp(config, more);
    let stopping: Promise<void> | undefined;
    const stop = () => {
      stopping ??= running.stop();
      return stopping;
    };
    const service = { ...running, stop };
    services.push(service);
    await untilReady(service);
    return {
      service,
      bases: clientOf(service, KnowledgeBaseService),
      documents: clientOf(service, DocumentService),
      versions: clientOf(service, IndexVersionService),
      search: clientOf(service, SearchService),
    };
  };
  const admin = createDatabase({ url: database.adminUrl, maxConnections: 2 });
  return {
    ...(await boot(overrides)),
    ...{ inference, data, natsUrl: nats.url, objects },
    query: async <T extends object>(sql: string, values: unknown[] = []) =>
      (await admin.pool.query<T>(sql, values)).rows,
    caller: () => testCaller(tokens, newTenant()),
    another: (more = {}) => boot(more),
    stop: async () => {
      for (const service of services) await service.stop();
      await inferencePeer.stop();
      await dataPeer.stop();
      await admin.close();
      await (servers ?? nats).stop();
      await rm(objects, { recursive: true, force: true });
    },
  };
}

/** A document when it has come to its end. */
export function untilDone(
  api: Pick<Api, 'documents'>,
  ctx: RequestContext,
  knowledgeBase: string,
  document: string,
): Promise<Document> {
  return until(async () => {
    const found = await api.documents.getDocument(ctx, { project: ctx.projectId, knowledgeBase, document });
    return found.state === Document_State.INDEXED || found.state === Document_State.FAILED ? found : undefined;
  });
}
