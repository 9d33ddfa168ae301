import { type DescService, fromJsonString } from '@bufbuild/protobuf';
import { CredentialSchema } from '@llmops/contracts/governance/v1/credential';
import { ApiKeyService, SessionService, UserService } from '@llmops/contracts/governance/v1/identity';
import { ProjectService } from '@llmops/contracts/governance/v1/organization';
import { SecretService } from '@llmops/contracts/governance/v1/secret';
import { Role } from '@llmops/contracts/options/v1/options';
import { connectNats, createLogger, type Nats, type RunningService, ServiceCaller } from '@llmops/platform';
import { ensureBucket, type WatchedBucket, watchBucket } from '@llmops/platform/kv';
import {
  clientOf,
  createTestDatabase,
  newTenant,
  startTestNats,
  type TestDatabase,
  testCaller,
  testContext,
  testServiceConfig,
  testTokens,
  until,
} from '@llmops/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../src/app.ts';
import { migrationsFolder } from '../src/db/migrate.ts';
import { type BootstrapResult, bootstrap } from '../src/modules/bootstrap/index.ts';
import { hashSecret, ReconcileCredentials } from '../src/modules/credential/index.ts';

const tokens = testTokens('data', 'cost');
let database: TestDatabase;
let natsServer: Awaited<ReturnType<typeof startTestNats>>;
let nats: Nats;
let service: RunningService;
let first: Required<BootstrapResult>;
let credentials: WatchedBucket<ReturnType<typeof decode>>;

const bootstrapConfig = (recover = false) => ({
  DATABASE_URL: database.url('governance'),
  GOVERNANCE_ADMIN_EMAIL: 'admin@llmops.local',
  GOVERNANCE_RECOVER: recover,
});
const decode = (text: string) => fromJsonString(CredentialSchema, text);
const client = <S extends DescService>(contract: S) => clientOf(service, contract);

/** A caller as the edge would present it: the credential found by the secret, in one project. */
async function callerOf(secret: string, project?: string) {
  const credential = await until(() => credentials.get(hashSecret(secret)));
  const projectId = project ?? credential.defaultProject;
  const principal = {
    actor: credential.actor,
    organizationId: credential.organizationId,
    organizationRole: credential.organizationRole,
    projectId,
    projectRole: credential.projectRoles[projectId] ?? Role.UNSPECIFIED,
  };
  return testCaller(tokens, principal, principal);
}

beforeAll(async () => {
  database = await createTestDatabase({ governance: migrationsFolder });
  natsServer = await startTestNats();
  nats = await connectNats(natsServer.url, 'test');
  const url = database.url('governance');
  first = (await bootstrap(bootstrapConfig())) as Required<BootstrapResult>;
  service = await createApp({
    ...testServiceConfig(natsServer.url, tokens.publicKey),
    DATABASE_URL: url,
    MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
    GOVERNANCE_SESSION_HOURS: 1,
  });
  const log = createLogger('test', 'silent');
  credentials = watchBucket({ nats, log, bucket: 'credentials', decode });
});

afterAll(async () => {
  credentials?.stop();
  await service?.stop();
  await nats?.drain();
  await natsServer?.stop();
});

test('the first key, made before NATS was there, reaches the gateways', async () => {
  const caller = await callerOf(first.apiKey);
  expect(caller.projectId).toBe(first.projectId);
  const me = await client(UserService).getCurrentUser(caller, {});
  expect(me.projectRoles.map(({ project, role }) => [project, role])).toEqual([[first.projectId, Role.ADMIN]]);
});

test('a second bootstrap changes nothing', async () => {
  expect(await bootstrap(bootstrapConfig())).toEqual({ created: false });
});

test('a recovery helps out with a working key and password', async () => {
  const again = await bootstrap(bootstrapConfig(true));
  expect(again).toMatchObject({ created: false, projectId: first.projectId });
  first = again as Required<BootstrapResult>;
  await callerOf(first.apiKey);
});

test('the password signs in, a wrong one does not, and both answers name no reason but that', async () => {
  const sessions = client(SessionService);
  const anyone = testContext(newTenant());
  const session = await sessions.createSession(anyone, { email: 'ADMIN@llmops.local', password: first.password });
  expect(session.token).toMatch(/^llms_[\da-f]{40}$/);
  for (const email of ['admin@llmops.local', 'unknown@llmops.local']) {
    await expect(sessions.createSession(anyone, { email, password: 'wrong' })).rejects.toMatchObject({
      code: 'governance.sign_in_failed',
      category: 'unauthenticated',
    });
  }
});

test('of many sign-ins at once with one address, no more than ten are checked', async () => {
  const sessions = client(SessionService);
  const tries = Array.from({ length: 30 }, () =>
    sessions
      .createSession(testContext(newTenant()), { email: 'burst@llmops.local', password: 'wrong' })
      .catch((error: { code: string }) => error.code),
  );
  const codes = await Promise.all(tries);
  expect(codes.filter((code) => code === 'governance.sign_in_failed')).toHaveLength(10);
  expect(codes.filter((code) => code === 'governance.too_many_sign_ins')).toHaveLength(20);
});

test('bringing the bucket in line restores what is missing and revives nothing that was withdrawn', async () => {
  const keys = client(ApiKeyService);
  const caller = await callerOf(first.apiKey);
  const hashes = await Promise.all(
    ['lost', 'withdrawn'].map(async (displayName) => {
      const { secret } = await keys.createApiKey(caller, { project: first.projectId, displayName });
      return hashSecret(secret);
    }),
  );
  const [lost, withdrawn] = hashes as [string, string];
  // As if NATS had lost one entry, and as if the other were revoked between our two looks.
  await (await nats.manager()).streams.purge('KV_credentials', { filter: `$KV.credentials.${lost}` });
  await (await ensureBucket(nats, 'credentials')).delete(withdrawn);
  await until(() => !credentials.get(withdrawn));
  await service.app.get(ReconcileCredentials).run();
  const bucket = await ensureBucket(nats, 'credentials');
  expect((await bucket.get(lost))?.operation).toBe('PUT');
  expect((await bucket.get(withdrawn))?.operation).toBe('DEL');
});

test('signing out withdraws the session from every gateway', async () => {
  const sessions = client(SessionService);
  const { token } = await sessions.createSession(testContext(newTenant()), {
    email: first.email,
    password: first.password,
  });
  const caller = await callerOf(token);
  await sessions.deleteSession(caller, {});
  await until(() => !credentials.get(hashSecret(token)));
});

test('a created key works at once, is listed without its secret, and stops when revoked', async () => {
  const keys = client(ApiKeyService);
  const caller = await callerOf(first.apiKey);
  const { apiKey, secret } = await keys.createApiKey(caller, { project: first.projectId, displayName: 'app' });
  expect(apiKey).toMatchObject({ role: Role.INFERENCE, displayName: 'app' });
  expect(secret.startsWith(apiKey!.prefix)).toBe(true);
  await callerOf(secret);
  const { apiKeys } = await keys.listApiKeys(caller, { project: first.projectId });
  expect(JSON.stringify(apiKeys.map((key) => ({ ...key, createTime: 0, expireTime: 0 })))).not.toContain(secret);
  const revoked = await keys.revokeApiKey(caller, { project: first.projectId, apiKey: apiKey!.id });
  expect(revoked.revokeTime).toBeDefined();
  await until(() => !credentials.get(hashSecret(secret)));
});

test('a key with a lower role cannot make keys', async () => {
  const keys = client(ApiKeyService);
  const admin = await callerOf(first.apiKey);
  const { secret } = await keys.createApiKey(admin, {
    project: first.projectId,
    displayName: 'reader',
    role: Role.VIEWER,
  });
  const viewer = await callerOf(secret);
  await expect(keys.createApiKey(viewer, { project: first.projectId, displayName: 'x' })).rejects.toMatchObject({
    code: 'platform.permission_denied',
    category: 'forbidden',
  });
});

test('a key reads no more of the organisation than the one who makes it', async () => {
  const admin = await callerOf(first.apiKey);
  const member = { organizationRole: Role.UNSPECIFIED, projectRole: Role.ADMIN };
  const maker = await testCaller(tokens, admin, member);
  const { secret } = await client(ApiKeyService).createApiKey(maker, {
    project: first.projectId,
    displayName: 'of a member',
    role: Role.ADMIN,
  });
  expect(await callerOf(secret)).toMatchObject(member);
});

test("another organisation's project does not exist", async () => {
  const stranger = newTenant();
  const principal = { ...stranger, actor: 'usr_x', organizationRole: Role.ADMIN, projectRole: Role.ADMIN };
  const caller = testContext(stranger, { token: await tokens.mint(principal) });
  await expect(client(ProjectService).getProject(caller, { project: first.projectId })).rejects.toMatchObject({
    category: 'not_found',
  });
  const { projects } = await client(ProjectService).listProjects(caller, {});
  expect(projects).toEqual([]);
});

test('an administrator who is signed in can use a project made after that', async () => {
  const { token } = await client(SessionService).createSession(testContext(newTenant()), first);
  const caller = await callerOf(token);
  const project = await client(ProjectService).createProject(caller, { displayName: 'Second' });
  const inProject = await until(async () => {
    const now = await callerOf(token, project.id);
    return now.projectRole === Role.ADMIN ? now : undefined;
  });
  const found = await client(ProjectService).getProject(inProject, { project: project.id });
  expect(found.displayName).toBe('Second');
});

test('a call without a token, or with a forged one, is refused', async () => {
  const forged = await testTokens().mint({
    actor: 'usr_x',
    organizationId: 'org_x',
    organizationRole: 4,
    projectId: '',
    projectRole: 0,
  });
  for (const token of [undefined, 'nonsense', forged]) {
    const call = client(ProjectService).listProjects(testContext(newTenant(), { token }), {});
    await expect(call).rejects.toMatchObject({ code: 'platform.token_invalid', category: 'unauthenticated' });
  }
});

test('a message that breaks its rules is refused with the field named', async () => {
  const caller = await callerOf(first.apiKey);
  const call = client(ApiKeyService).createApiKey(caller, { project: first.projectId, displayName: '' });
  await expect(call).rejects.toMatchObject({ category: 'invalid', fields: [{ field: 'display_name' }] });
  const page = client(ApiKeyService).listApiKeys(caller, { project: first.projectId, pageToken: 'made-up' });
  await expect(page).rejects.toMatchObject({ category: 'invalid', fields: [{ field: 'page_token' }] });
});

test('a secret goes in and comes out to services only; a rotation keeps its id', async () => {
  const tenant = newTenant();
  const admin = await testCaller(tokens, tenant);
  const secrets = client(SecretService);
  const project = tenant.projectId;
  const value = 'postgres://reader:hunter2@db/wiki';
  const secret = await secrets.createSecret(admin, { project, displayName: 'wiki', value });
  const listed = await secrets.listSecrets(admin, { project });
  expect(listed.secrets).toMatchObject([{ id: secret.id, displayName: 'wiki', createdBy: admin.actor }]);
  expect(JSON.stringify(listed, (_, member) => (typeof member === 'bigint' ? String(member) : member))).not.toContain(
    'hunter2',
  );

  await expect(secrets.accessSecret(admin, { project, secret: secret.id })).rejects.toMatchObject({
    code: 'governance.secret_for_services',
  });
  const service = await new ServiceCaller('data', tokens.serviceKeys['data']!).contextFor(tenant);
  expect(await secrets.accessSecret(service, { project, secret: secret.id })).toMatchObject({ value });
  await secrets.rotateSecret(admin, { project, secret: secret.id, value: 'new' });
  expect(await secrets.accessSecret(service, { project, secret: secret.id })).toMatchObject({ value: 'new' });

  const other = newTenant();
  const stranger = await new ServiceCaller('data', tokens.serviceKeys['data']!).contextFor(other);
  await expect(secrets.accessSecret(stranger, { project: other.projectId, secret: secret.id })).rejects.toMatchObject({
    code: 'governance.secret_not_found',
  });
  await secrets.deleteSecret(admin, { project, secret: secret.id });
  await expect(secrets.accessSecret(service, { project, secret: secret.id })).rejects.toMatchObject({
    code: 'governance.secret_not_found',
  });
});
