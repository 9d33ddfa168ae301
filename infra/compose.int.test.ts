import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
// Needs the command, not its daemon. Where it is missing the tests are counted as skipped.
const hasCompose = spawnSync('docker', ['compose', 'version']).status === 0;

interface Composed {
  services: Record<string, Container>;
}

interface Container {
  image: string;
  restart?: string;
  user?: string;
  read_only?: boolean;
  cap_drop?: string[];
  ports?: { host_ip?: string; published: string }[];
  volumes?: { type: string; source: string; target: string }[];
  networks?: Record<string, unknown>;
  healthcheck?: unknown;
  environment?: Record<string, string | null>;
  depends_on?: Record<string, { condition: string }>;
}

function compose(...profiles: string[]): Composed {
  const flags = profiles.flatMap((profile) => ['--profile', profile]);
  const output = execFileSync('docker', ['compose', ...flags, 'config', '--format', 'json'], { cwd: root });
  return JSON.parse(output.toString()) as Composed;
}

const services = ['gateway', 'governance', 'data', 'models', 'retrieval', 'inference', 'observability', 'cost'];
/** For the bootstrap job, for a command that people run, and for the image to know. */
const notForTheService = ['GOVERNANCE_ADMIN_EMAIL', 'GOVERNANCE_RECOVER', 'MODELS_PYTHON'];
const secretsOf = (container: Container): string[] =>
  (container.volumes ?? []).flatMap(({ source }) => (source.startsWith('secrets-') ? [source] : []));

describe.skipIf(!hasCompose)('docker-compose.yml', () => {
  test.each([[[]], [['gpu']], [['observability']], [['demo']], [['gpu', 'observability', 'demo']]])(
    'is valid with profiles %j',
    (profiles) => {
      expect(Object.keys(compose(...profiles).services)).toEqual(expect.arrayContaining(services));
    },
  );

  test('publishes the gateway and nothing else, on loopback', () => {
    const published = Object.entries(compose().services).flatMap(([name, { ports = [] }]) =>
      ports.map(({ host_ip, published }) => `${name} ${host_ip}:${published}`),
    );
    expect(published).toEqual(['gateway 127.0.0.1:7070']);
  });

  test('a service mounts its own secrets and nobody else’s', () => {
    const composed = compose();
    for (const name of services) expect(secretsOf(composed.services[name]!)).toEqual([`secrets-${name}`]);
  });

  test('a service is given everything that its config.ts reads', () => {
    const composed = compose();
    for (const name of services) {
      const config = readFileSync(new URL(`../apps/${name}/src/config.ts`, import.meta.url), 'utf8');
      const read = [...config.matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, setting]) => setting!);
      if (config.includes('serviceTokenConfig')) read.push('SERVICE_TOKEN_PRIVATE_KEY');
      if (config.includes('databaseConfig')) read.push('DATABASE_URL');
      const given = Object.keys(composed.services[name]!.environment!).map((setting) => setting.replace(/_FILE$/, ''));
      expect(given, name).toEqual(
        expect.arrayContaining(read.filter((setting) => !notForTheService.includes(setting))),
      );
    }
  });

  test('the gateway starts beside every service, and a service with tables after its migrations', () => {
    const composed = compose().services;
    expect(Object.keys(composed['gateway']!.depends_on!)).toEqual(
      expect.arrayContaining(services.filter((name) => name !== 'gateway')),
    );
    for (const name of services) {
      const { environment, depends_on } = composed[name]!;
      if (!environment!['DATABASE_URL_FILE']) continue;
      expect(depends_on![`migrate-${name}`]).toMatchObject({ condition: 'service_completed_successfully' });
    }
  });

  test('models and inference share the model files; data and retrieval have volumes of their own', () => {
    const composed = compose().services;
    const objects = ['models', 'inference', 'data', 'retrieval'].map(
      (name) => composed[name]!.volumes!.find(({ target }) => target === '/objects')?.source,
    );
    expect(objects).toEqual(['objects', 'objects', 'data-objects', 'retrieval-objects']);
  });

  test('services run read-only, without capabilities, and are checked for readiness', () => {
    const composed = compose();
    for (const name of services) {
      expect(composed.services[name]).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
      expect(composed.services[name]!.healthcheck).toMatchObject({ test: ['CMD', 'node', 'health.mjs', '/readyz'] });
    }
  });

  test('only what has business outside is on a network that leads there', () => {
    const composed = compose('gpu', 'observability', 'demo').services;
    const outside = Object.entries(composed).flatMap(([name, { networks = {} }]) =>
      'outside' in networks ? [name] : [],
    );
    expect(outside.sort()).toEqual(['data', 'gateway', 'grafana', 'inference', 'models', 'vllm']);
  });
});

test('Prometheus scrapes every service', () => {
  const config = readFileSync(new URL('prometheus/prometheus.yml', import.meta.url), 'utf8');
  for (const name of services) expect(config).toMatch(new RegExp(`"${name}:\\d+"`));
});
