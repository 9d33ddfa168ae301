import { join } from 'node:path';
import { paths } from '../paths.ts';
import type { Secrets } from '../secrets.ts';
import { GATEWAY, type ServiceSpec } from '../services.ts';
import type { Settings } from '../settings.ts';
import type { Ports } from './assign-ports.ts';

export interface Installation {
  settings: Settings;
  secrets: Secrets;
  ports: Ports;
  services: readonly ServiceSpec[];
}

/** Ours to give, never to inherit: a service must not get another's key because the user's shell has one. */
const GRANTED = [
  'DATABASE_URL',
  'DATABASE_OWNER_URL',
  'MASTER_KEY',
  'INTERNAL_TOKEN_PRIVATE_KEY',
  'SERVICE_TOKEN_PRIVATE_KEY',
  'NODE_OPTIONS',
];

/** The environment a service's process runs with: the user's, and what its spec grants. */
export function serviceEnvironment(spec: ServiceSpec, one: Installation): NodeJS.ProcessEnv {
  const { settings, secrets, ports, services } = one;
  const at = (name: string): string => `127.0.0.1:${ports[name]}`;
  const env: NodeJS.ProcessEnv = {
    ...inherited(),
    NODE_ENV: 'production',
    // The young generation grows under load and V8 keeps what it took; bounded, memory falls back when the load ends.
    NODE_OPTIONS: '--max-semi-space-size=8',
    HTTP_LISTEN: spec.name === GATEWAY ? `${settings.host}:${ports[GATEWAY]}` : at(`${spec.name}.http`),
    NATS_URL: `nats://llmops:${secrets.natsPassword}@${at('nats')}`,
    INTERNAL_TOKEN_PUBLIC_KEY: publicKeys(secrets),
  };
  for (const peer of services) {
    if (peer.grpc && peer !== spec) env[`${peer.name.toUpperCase()}_ADDR`] = at(peer.name);
  }
  if (spec.grpc) env['GRPC_LISTEN'] = at(spec.name);
  if (spec.database) env['DATABASE_URL'] = databaseUrl(`${spec.name}_app`, one);
  if (spec.masterKey) env['MASTER_KEY'] = secrets.masterKey;
  if (spec.privateKey) env['INTERNAL_TOKEN_PRIVATE_KEY'] = secrets.tokenPrivateKey;
  if (spec.serviceToken) env['SERVICE_TOKEN_PRIVATE_KEY'] = secrets.serviceTokenKeys[spec.name]!.privateKey;
  if (spec.objects) env['OBJECTS_DIR'] = paths(settings.home).objects;
  if (spec.console) env['CONSOLE_DIR'] = join(settings.root, 'apps/console/dist');
  return env;
}

/** The edge's, then each signing service's by name. */
const publicKeys = ({ tokenPublicKey, serviceTokenKeys }: Secrets): string =>
  [tokenPublicKey, ...Object.entries(serviceTokenKeys).map(([name, { publicKey }]) => `${name}=${publicKey}`)].join(
    ',',
  );

/** The environment of the `migrate` job: the same, and the owner's address. */
export function migrationEnvironment(spec: ServiceSpec, one: Installation): NodeJS.ProcessEnv {
  return { ...serviceEnvironment(spec, one), DATABASE_OWNER_URL: databaseUrl(`${spec.name}_owner`, one) };
}

function databaseUrl(role: string, { secrets, ports }: Installation): string {
  return `postgres://${role}:${secrets.rolePasswords[role]}@127.0.0.1:${ports['postgres']}/llmops`;
}

function inherited(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env);
  return Object.fromEntries(entries.filter(([name]) => !GRANTED.includes(name) && !name.startsWith('npm_')));
}
