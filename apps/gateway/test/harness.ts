import { createHash, randomBytes } from 'node:crypto';
import { create, toJsonString } from '@bufbuild/protobuf';
import { type Call, CallsCompletedSchema } from '@llmops/contracts/gateway/v1/call';
import { Credential_Kind, CredentialSchema } from '@llmops/contracts/governance/v1/credential';
import { Task } from '@llmops/contracts/models/v1/model';
import { RouteSchema } from '@llmops/contracts/models/v1/provider';
import { Role } from '@llmops/contracts/options/v1/options';
import { connectNats, createLogger, type Nats, newId, seal } from '@llmops/platform';
import { consumeEvents, type RunningConsumer } from '@llmops/platform/events';
import { ensureBucket } from '@llmops/platform/kv';
import { startTestNats, testTokens, until } from '@llmops/testing';
import { createApp, type RunningGateway } from '../src/app.ts';

const masterKey = randomBytes(32).toString('base64');
const nowhere = '127.0.0.1:9';

export interface Harness {
  base: string;
  nats: Nats;
  natsServer: Awaited<ReturnType<typeof startTestNats>>;
  /** Every call recorded so far, in order. */
  calls: Call[];
  /** A new project with an API key of its own. */
  tenant(role?: Role): Promise<{ project: string; key: string }>;
  /** Makes `<provider>/<model>` lead to a server. */
  provide(project: string, baseUrl: string, model?: string, apiKey?: string): Promise<string>;
  call(id: string | null): Promise<Call>;
  /** Stops the gateway alone. */
  stopGateway(): Promise<void>;
  stop(): Promise<void>;
}

/** A gateway with a NATS of its own; the services behind it are not there, what they publish is. */
export async function startHarness(settings: Partial<Parameters<typeof createApp>[0]> = {}): Promise<Harness> {
  const natsServer = await startTestNats();
  const tokens = testTokens();
  const gateway: RunningGateway = await createApp({
    HTTP_LISTEN: '127.0.0.1:0',
    GRPC_LISTEN: '127.0.0.1:0',
    NATS_URL: natsServer.url,
    INTERNAL_TOKEN_PUBLIC_KEY: tokens.publicKey,
    INTERNAL_TOKEN_PRIVATE_KEY: tokens.privateKey,
    MASTER_KEY: masterKey,
    LOG_LEVEL: 'silent',
    GOVERNANCE_ADDR: nowhere,
    DATA_ADDR: nowhere,
    MODELS_ADDR: nowhere,
    RETRIEVAL_ADDR: nowhere,
    INFERENCE_ADDR: nowhere,
    OBSERVABILITY_ADDR: nowhere,
    COST_ADDR: nowhere,
    GATEWAY_MAX_BODY_BYTES: 1 << 20,
    GATEWAY_TIMEOUT_MS: 30_000,
    GATEWAY_CAPTURE: 'full',
    GATEWAY_RECORD_TIMEOUT_MS: 10_000,
    GATEWAY_ALLOW_PRIVATE_UPSTREAMS: true,
    GATEWAY_SECURE_COOKIES: false,
    ...settings,
  });
  const base = `http://127.0.0.1:${gateway.port}`;
  const nats = await connectNats(natsServer.url, 'test');
  const credentials = await ensureBucket(nats, 'credentials');
  const routes = await ensureBucket(nats, 'routes');
  const calls: Call[] = [];
  let stopping: Promise<void> | undefined;
  const stopGateway = () => {
    stopping ??= gateway.stop();
    return stopping;
  };
  const consumer: RunningConsumer = await consumeEvents({
    nats,
    log: createLogger('test', 'silent'),
    event: CallsCompletedSchema,
    durable: 'test__calls',
    handle: async (events) => {
      for (const { data } of events) calls.push(...data.calls);
    },
  });
  await until(async () => (await fetch(`${base}/readyz`)).ok);

  const seen = (path: string, key: string) =>
    until(async () => (await fetch(`${base}${path}`, { headers: { authorization: `Bearer ${key}` } })).ok);

  return {
    base,
    nats,
    natsServer,
    calls,
    tenant: async (role = Role.INFERENCE) => {
      const project = newId('prj');
      const key = `llmk_${randomBytes(20).toString('hex')}`;
      const value = toJsonString(
        CredentialSchema,
        create(CredentialSchema, {
          actor: newId('key'),
          organizationId: newId('org'),
          organizationRole: role,
          projectRoles: { [project]: role },
          defaultProject: project,
          kind: Credential_Kind.API_KEY,
        }),
      );
      await credentials.put(createHash('sha256').update(key).digest('hex'), value);
      await seen('/v1/models', key);
      return { project, key };
    },
    provide: async (project, baseUrl, model = 'm', apiKey = '') => {
      const alias = `up/${model}`;
      const route = create(RouteSchema, {
        alias,
        releaseId: 'rel_test',
        task: model.startsWith('embed') ? Task.EMBEDDING : Task.CHAT,
        upstream: {
          case: 'http',
          value: { provider: 'up', baseUrl, model, sealedApiKey: apiKey === '' ? '' : seal(masterKey, apiKey) },
        },
      });
      await routes.put(`${project}.${Buffer.from(alias).toString('base64url')}`, toJsonString(RouteSchema, route));
      return alias;
    },
    call: (id) => until(() => calls.find((call) => call.id === id)),
    stopGateway,
    stop: async () => {
      await consumer.stop();
      await stopGateway();
      await nats.drain();
      await natsServer.stop();
    },
  };
}
