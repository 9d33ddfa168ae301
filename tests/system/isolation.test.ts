import { ScalarType } from '@bufbuild/protobuf';
import { accessOf, routeOf, services } from '@llmops/contracts';
import { Role, Scope } from '@llmops/contracts/options/v1/options';
import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { serviceDatabaseUrl } from './support/database.ts';
import { apiKey, baseUrl, projectId, rest } from './support/platform.ts';
import { signIn } from './support/sign-in.ts';

const methods = Object.values(services)
  .flatMap((group) => group.flatMap((service) => service.methods))
  .flatMap((method) => {
    const route = routeOf(method);
    const access = accessOf(method);
    return route && !access.internal ? [{ method, route, access, name: `${method.parent.name}/${method.name}` }] : [];
  });

const keys: Record<'inference' | 'viewer' | 'otherProject', string> = { inference: '', viewer: '', otherProject: '' };
let otherProject = '';

beforeAll(async () => {
  const session = await signIn();
  const project = await session('POST', '/projects', { displayName: 'Other team' });
  otherProject = project.json['id'] as string;
  const create = async (id: string, role: string) => {
    const { json } = await session('POST', `/projects/${id}/apiKeys`, { displayName: role, role });
    return json['secret'] as string;
  };
  keys.inference = await create(projectId, 'ROLE_INFERENCE');
  keys.viewer = await create(projectId, 'ROLE_VIEWER');
  keys.otherProject = await create(otherProject, 'ROLE_ADMIN');
});

type Target = Pick<(typeof methods)[number], 'method' | 'route'>;

/** The path of a method with ids filled in: the project given, made-up ids elsewhere, 1 where a number is due. */
const pathOf = ({ method, route }: Target, project: string): string =>
  route.path.replace('{project}', project).replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const field = method.input.fields.find((candidate) => candidate.name === name);
    return field?.scalar === ScalarType.STRING ? 'made-up' : '1';
  });

const call = (target: Target, project: string, key?: string) => {
  const { route } = target;
  return fetch(`${baseUrl}${pathOf(target, project)}`, {
    method: route.verb.toUpperCase(),
    headers: {
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(route.verb === 'get' || route.verb === 'delete' ? {} : { 'content-type': 'application/json' }),
    },
    ...(route.verb === 'get' || route.verb === 'delete' ? {} : { body: '{}' }),
    signal: AbortSignal.timeout(5_000),
  });
};

test('every route asks for a credential', async () => {
  expect(methods.length).toBeGreaterThan(20);
  for (const target of methods.filter((entry) => !entry.access.public)) {
    const { access, name } = target;
    const response = await call(target, projectId);
    expect([name, response.status]).toEqual([name, 401]);
    expect(await response.json(), name).toMatchObject({ code: 'gateway.credential_missing' });
    expect(access.role).not.toBe(Role.UNSPECIFIED);
  }
});

test('a key below the role of a route is refused there', async () => {
  for (const target of methods) {
    const { access, name } = target;
    for (const [key, held] of [
      [keys.inference, Role.INFERENCE],
      [keys.viewer, Role.VIEWER],
    ] as const) {
      if (access.public || access.role <= held) continue;
      const { status } = await call(target, projectId, key);
      expect([name, status]).toEqual([name, 403]);
    }
  }
});

test("a project of others is not there: 404 on every route, whatever the key's role in its own", async () => {
  for (const target of methods.filter(({ access }) => access.scope === Scope.PROJECT)) {
    const { access, name } = target;
    const response = await call(target, projectId, keys.otherProject);
    expect([name, response.status]).toEqual([name, 404]);
    expect(access.public).toBe(false);
  }
});

const listed = [
  ...['traces', 'usage', 'sessions', 'providers', 'secrets'],
  ...['datasets', 'sources', 'validationSuites', 'contaminationReports', 'driftReports', 'dataJobs'],
  ...['annotationQueues', 'knowledgeBases'],
];

test("lists and counts of one project show nothing of another's", async () => {
  const headers = { authorization: `Bearer ${keys.otherProject}` };
  for (const path of listed) {
    const response = await fetch(`${baseUrl}/api/v1/projects/${otherProject}/${path}`, { headers });
    expect(response.status).toBe(200);
    const lists = Object.values((await response.json()) as Record<string, unknown>).filter(Array.isArray);
    expect(lists.flat()).toEqual([]);
  }
});

test("a trace id of another project is not found in one's own", async () => {
  const { json } = await rest(`/projects/${projectId}/traces?pageSize=1`);
  const [trace] = (json['traces'] ?? []) as { traceId: string }[];
  const id = trace?.traceId ?? 'f'.repeat(32);
  const headers = { authorization: `Bearer ${keys.otherProject}` };
  const response = await fetch(`${baseUrl}/api/v1/projects/${otherProject}/traces/${id}`, { headers });
  expect(response.status).toBe(404);
});

test('no service can read the schema of another, as the role it has in production', async () => {
  const owned = {
    governance: 'api_keys',
    data: 'datasets',
    models: 'providers',
    retrieval: 'documents',
    observability: 'calls',
    cost: 'usage',
  };
  for (const service of Object.keys(owned)) {
    const client = new pg.Client({ connectionString: await serviceDatabaseUrl(service) });
    await client.connect();
    for (const [owner, table] of Object.entries(owned)) {
      const read = client.query(`select 1 from ${owner}.${table} limit 1`);
      if (owner === service) await read;
      else await expect(read, `${service} reads ${owner}.${table}`).rejects.toMatchObject({ code: '42501' });
    }
    await client.end();
  }
});

test('a change with the cookie alone, as a foreign page would send it, is refused', async () => {
  const session = await fetch(`${baseUrl}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'nobody@llmops.local', password: 'x' }),
  });
  expect(session.status).toBe(401);
  const { email, password } = (await import('./support/platform.ts')).credentials;
  const signedIn = await fetch(`${baseUrl}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  expect(await signedIn.json()).toMatchObject({ token: '' });
  const setCookie = signedIn.headers.get('set-cookie')!;
  expect(setCookie).toMatch(/HttpOnly/);
  expect(setCookie).toMatch(/SameSite=Strict/);
  const forged = await fetch(`${baseUrl}/api/v1/projects`, {
    method: 'POST',
    headers: { cookie: setCookie.split(';')[0]!, 'content-type': 'application/json' },
    body: JSON.stringify({ displayName: 'forged' }),
  });
  expect(forged.status).toBe(403);
  expect(await forged.json()).toMatchObject({ code: 'gateway.csrf_header_missing' });
});

test('a revoked key stops working within a second', async () => {
  const session = await signIn();
  const { json } = await session('POST', `/projects/${projectId}/apiKeys`, { displayName: 'short-lived' });
  const { secret, apiKey: key } = json as unknown as { secret: string; apiKey: { id: string } };
  const list = () => fetch(`${baseUrl}/v1/models`, { headers: { authorization: `Bearer ${secret}` } });
  expect((await list()).status).toBe(200);
  await session('POST', `/projects/${projectId}/apiKeys/${key.id}:revoke`, {});
  await expect.poll(async () => (await list()).status, { timeout: 1_000 }).toBe(401);
  expect(apiKey).not.toBe(secret);
});
