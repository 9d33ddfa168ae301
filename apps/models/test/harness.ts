import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { Engine, Task } from '@llmops/contracts/models/v1/model';
import type { Principal, RunningService } from '@llmops/platform';
import {
  createTestDatabase,
  newTenant,
  startTestNats,
  type TestDatabase,
  type TestTenant,
  testCaller,
  testServiceConfig,
  testTokens,
} from '@llmops/testing';
import { inject } from 'vitest';
import { createApp } from '../src/app.ts';
import type { ServeConfig } from '../src/config.ts';
import { migrationsFolder } from '../src/db/migrate.ts';
import type { CatalogueEntry, CatalogueFile, CatalogueSource } from '../src/modules/catalogue/index.ts';

export interface Harness {
  database: TestDatabase;
  natsUrl: string;
  objectsDir: string;
  masterKey: string;
  /** Boots the service with a catalogue; called again after a stop it is a restart. */
  boot(catalogue: readonly CatalogueEntry[], config?: Partial<ServeConfig>): Promise<RunningService>;
  /** An administrator's context in a project, as the edge would present it. */
  caller(tenant?: TestTenant, part?: Partial<Principal>): ReturnType<typeof testCaller>;
  stop(): Promise<void>;
}

/** A database, a NATS and an object store of the test file's own. */
export async function startHarness(): Promise<Harness> {
  const tokens = testTokens();
  const database = await createTestDatabase({ models: migrationsFolder });
  const natsServer = await startTestNats();
  const objectsDir = await mkdtemp(join(inject('scratchDir'), 'objects-'));
  const masterKey = randomBytes(32).toString('base64');
  return {
    database,
    natsUrl: natsServer.url,
    objectsDir,
    masterKey,
    boot: (catalogue, config = {}) =>
      createApp(
        {
          ...testServiceConfig(natsServer.url, tokens.publicKey),
          DATABASE_URL: database.url('models'),
          OBJECTS_DIR: objectsDir,
          MASTER_KEY: masterKey,
          MODELS_AUTO_FETCH: true,
          MODELS_ALLOW_PRIVATE_UPSTREAMS: true,
          MODELS_HF_ENDPOINT: undefined,
          MODELS_PIP_ARGS: [],
          MODELS_PYTHON: 'python3',
          ...config,
        },
        { catalogue },
      ),
    caller: (tenant = newTenant(), part = {}) => testCaller(tokens, tenant, part),
    stop: () => natsServer.stop(),
  };
}

export const fileOf = (name: string, bytes: Buffer): CatalogueFile => ({
  name,
  sizeBytes: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
});

/** A catalogue entry of the test's own. */
export const entryOf = (
  id: string,
  files: CatalogueFile[],
  sources: CatalogueSource[],
  part: Partial<CatalogueEntry> = {},
): CatalogueEntry => ({
  id,
  displayName: id,
  task: Task.CHAT,
  engine: Engine.LLAMA_CPP,
  license: 'Apache-2.0',
  card: '',
  contextTokens: 128,
  parameters: 1,
  quantization: '',
  files,
  sources,
  ...part,
});

export async function scratchFolder(name: string): Promise<string> {
  const folder = join(inject('scratchDir'), `${name}-${randomBytes(4).toString('hex')}`);
  await mkdir(folder, { recursive: true });
  return folder;
}
