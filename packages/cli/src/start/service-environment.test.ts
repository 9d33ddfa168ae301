import { afterEach, expect, test, vi } from 'vitest';
import { SERVICES } from '../services.ts';
import { type Installation, migrationEnvironment, serviceEnvironment } from './service-environment.ts';

const roles = SERVICES.filter((spec) => spec.database).flatMap(({ name }) => [`${name}_owner`, `${name}_app`]);
const signers = SERVICES.filter((spec) => spec.serviceToken).map(({ name }) => name);
const installation: Installation = {
  settings: { root: '/repo', home: '/repo/.llmops', host: '0.0.0.0', port: 7070 },
  secrets: {
    postgresPassword: 'superuser-secret',
    rolePasswords: Object.fromEntries(roles.map((role) => [role, `${role}-secret`])),
    natsPassword: 'nats-secret',
    tokenPublicKey: 'public',
    tokenPrivateKey: 'private-secret',
    serviceTokenKeys: Object.fromEntries(
      signers.map((name) => [name, { publicKey: `${name}-public`, privateKey: `${name}-key-secret` }]),
    ),
    masterKey: 'master-secret',
  },
  ports: Object.fromEntries(
    ['gateway', 'postgres', 'nats', ...SERVICES.flatMap(({ name }) => [name, `${name}.http`])].map((name, index) => [
      name,
      7070 + index,
    ]),
  ),
  services: SERVICES,
};

afterEach(() => vi.unstubAllEnvs());

const secretsIn = (env: NodeJS.ProcessEnv): string[] =>
  [
    'superuser-secret',
    'private-secret',
    'master-secret',
    ...signers.map((name) => `${name}-key-secret`),
    ...roles.map((role) => `${role}-secret`),
  ].filter((secret) => Object.values(env).some((value) => value?.includes(secret)));

test('each service is given its own secrets and nobody else’s', () => {
  const given = Object.fromEntries(
    SERVICES.map((spec) => [spec.name, secretsIn(serviceEnvironment(spec, installation))]),
  );
  expect(given).toEqual({
    gateway: ['private-secret', 'master-secret'],
    governance: ['master-secret', 'governance_app-secret'],
    data: ['data-key-secret', 'data_app-secret'],
    models: ['master-secret', 'models_app-secret'],
    retrieval: ['retrieval-key-secret', 'retrieval_app-secret'],
    inference: [],
    observability: ['observability_app-secret'],
    cost: ['cost_app-secret'],
  });
});

test('only the migration job is given the owner role', () => {
  const cost = SERVICES.find(({ name }) => name === 'cost')!;
  expect(serviceEnvironment(cost, installation)['DATABASE_OWNER_URL']).toBeUndefined();
  expect(migrationEnvironment(cost, installation)['DATABASE_OWNER_URL']).toContain('cost_owner:cost_owner-secret@');
});

test('secrets in the user’s own environment reach no service', () => {
  vi.stubEnv('DATABASE_URL', 'postgres://elsewhere');
  vi.stubEnv('INTERNAL_TOKEN_PRIVATE_KEY', 'stray');
  const inference = serviceEnvironment(SERVICES.find(({ name }) => name === 'inference')!, installation);
  expect(inference).not.toHaveProperty('DATABASE_URL');
  expect(inference).not.toHaveProperty('INTERNAL_TOKEN_PRIVATE_KEY');
});

test('only the gateway listens beyond this machine, and it knows where every peer is', () => {
  const gateway = serviceEnvironment(SERVICES.find(({ name }) => name === 'gateway')!, installation);
  // Each service's key, so that its tokens are known everywhere.
  expect(gateway['INTERNAL_TOKEN_PUBLIC_KEY']).toBe('public,data=data-public,retrieval=retrieval-public');
  expect(gateway['HTTP_LISTEN']).toMatch(/^0\.0\.0\.0:/);
  for (const { name } of SERVICES.filter((spec) => spec.grpc)) {
    expect(gateway[`${name.toUpperCase()}_ADDR`]).toBe(`127.0.0.1:${installation.ports[name]}`);
    const env = serviceEnvironment(SERVICES.find((spec) => spec.name === name)!, installation);
    expect(env['HTTP_LISTEN']).toMatch(/^127\.0\.0\.1:/);
    expect(env['GRPC_LISTEN']).toBe(`127.0.0.1:${installation.ports[name]}`);
  }
});
