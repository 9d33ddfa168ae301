import { mkdir } from 'node:fs/promises';
import { ensureBinaries, prepareDatabase } from '@llmops/embedded';
import { readJson, writeJson } from '../json-file.ts';
import { type Paths, paths } from '../paths.ts';
import { ensureSecrets } from '../secrets.ts';
import { GATEWAY, type ServiceSpec } from '../services.ts';
import type { Settings } from '../settings.ts';
import { findLeftovers, readState, stopLeftovers } from '../supervisor/state-file.ts';
import type { Supervisor } from '../supervisor/supervisor.ts';
import { natsUnit, postgresUnit, requireBundles, serviceUnit } from '../supervisor/units.ts';
import { assignPorts } from './assign-ports.ts';
import type { Credentials } from './credentials.ts';
import { type Emit, type ReadySummary, stage } from './events.ts';
import { bootstrap, migrate, prepare as prepareService } from './jobs.ts';
import { seedDemo } from './seed-demo.ts';
import type { Installation } from './service-environment.ts';
import { waitForArtifacts, waitForReplicas } from './wait-models.ts';

export interface BringUp {
  settings: Settings;
  services: readonly ServiceSpec[];
  supervisor: Supervisor;
  emit: Emit;
  signal: AbortSignal;
  /** Whether to wait for the default models. */
  models: boolean;
  /** Whether to make the demo's knowledge base on the first start. */
  demo: boolean;
  startedAt: number;
}

/** From nothing, or from what the last start left, to a platform that serves. */
export async function bringUp(context: BringUp): Promise<ReadySummary> {
  const { settings, supervisor } = context;
  const at = paths(settings.home);
  requireBundles(settings.root, context.services);
  const installation = await prepare(context, at);
  supervisor.ports = installation.ports;
  supervisor.baseUrl = publicUrl(settings.host, installation.ports[GATEWAY]!);
  await Promise.all([startServers(context, installation), prepareServices(context, installation, at)]);
  await runJobs(context, installation, at);
  await startServices(context, installation);
  const credentials = await currentCredentials(at, supervisor.baseUrl);
  const warnings = context.models ? await bringModels(context, credentials) : [];
  if (context.demo && credentials) warnings.push(...(await bringDemo(context, credentials, at)));
  return {
    baseUrl: supervisor.baseUrl,
    credentialsFile: at.credentials,
    ...(credentials ? { email: credentials.email } : {}),
    ms: Date.now() - context.startedAt,
    warnings: credentials ? warnings : [...warnings, NO_CREDENTIALS],
  };
}

const NO_CREDENTIALS =
  'The first key was shown once and its file is gone. Make another key in the console, or start anew with "llmops reset".';

async function prepare({ settings, services, emit }: BringUp, at: Paths): Promise<Installation> {
  if ((await findLeftovers(at)).length > 0) {
    await stage(
      emit,
      'Clean-up',
      async () => `stopped what an earlier start left: ${(await stopLeftovers(at)).join(', ')}`,
    );
  }
  const { ports: previous } = await readState(at);
  const ports = await assignPorts(settings.port, services, previous);
  const secrets = await ensureSecrets(at.secrets, services);
  await mkdir(at.objects, { recursive: true });
  return { settings, secrets, ports, services };
}

async function startServers({ emit, supervisor }: BringUp, installation: Installation): Promise<void> {
  await stage(emit, 'Servers', async () => {
    await ensureBinaries();
  });
  const binaries = await ensureBinaries();
  await Promise.all([
    stage(emit, 'Postgres', async () => {
      await supervisor.add(postgresUnit(binaries, installation));
      const { ports, secrets } = installation;
      const superuser = `postgres://postgres:${secrets.postgresPassword}@127.0.0.1:${ports['postgres']}/postgres`;
      await prepareDatabase(superuser, { passwords: secrets.rolePasswords });
      return `port ${ports['postgres']}`;
    }),
    stage(emit, 'NATS', async () => {
      await supervisor.add(natsUnit(binaries, installation));
      return `port ${installation.ports['nats']}`;
    }),
  ]);
}

async function prepareServices({ services, emit, signal }: BringUp, one: Installation, at: Paths): Promise<void> {
  const stages = services.flatMap((spec) =>
    spec.prepare === undefined ? [] : stage(emit, spec.prepare, () => prepareService(spec, one, at, signal)),
  );
  await Promise.all(stages);
}

async function runJobs({ services, emit, signal }: BringUp, installation: Installation, at: Paths): Promise<void> {
  await stage(emit, 'Migrations', async () => {
    const withDatabase = services.filter((spec) => spec.database);
    await Promise.all(withDatabase.map((spec) => migrate(spec, installation, at, signal)));
    return withDatabase.map(({ name }) => name).join(', ');
  });
  const governance = services.find(({ name }) => name === 'governance');
  if (!governance) return;
  // Each time: only the database knows whether there is an account, and the file may be older than the data.
  await stage(emit, 'First account', async () => {
    const baseUrl = publicUrl(installation.settings.host, installation.ports[GATEWAY]!);
    const kept = await readJson<Credentials>(at.credentials);
    const { apiKey, projectId, email, password } = await bootstrap(governance, installation, at, signal, !kept);
    if (!apiKey) return 'is there';
    await writeJson(at.credentials, { baseUrl, apiKey, projectId, email, password });
    return `${email}, key in ${at.credentials}`;
  });
}

async function startServices({ services, emit, supervisor }: BringUp, installation: Installation): Promise<void> {
  await stage(emit, 'Services', async () => {
    await Promise.all(
      services.map((spec) =>
        stage(emit, `  ${spec.name}`, async () => {
          await supervisor.add(serviceUnit(spec, installation));
          return `port ${installation.ports[spec.name]}`;
        }),
      ),
    );
  });
}

async function bringModels(context: BringUp, credentials: Credentials | undefined): Promise<string[]> {
  if (!credentials) return [];
  const { emit, signal } = context;
  const api = { baseUrl: context.supervisor.baseUrl, apiKey: credentials.apiKey, signal };
  const warnings: string[] = [];
  await stage(emit, 'Models', async () => {
    warnings.push(...(await waitForArtifacts(api, 'Models', emit)));
  });
  await stage(emit, 'Replicas', async () => {
    warnings.push(...(await waitForReplicas(api)));
  });
  return warnings;
}

/** The platform serves without it: what goes wrong here is a warning. */
async function bringDemo(context: BringUp, credentials: Credentials, at: Paths): Promise<string[]> {
  const { emit, signal, settings } = context;
  try {
    await stage(emit, 'Demo', () => seedDemo(credentials, at, settings.root, emit, signal));
    return [];
  } catch (error) {
    signal.throwIfAborted();
    return [`The demo could not be made: ${(error as Error).message}`];
  }
}

/** The credentials as they are now: the address may have moved since they were written. */
async function currentCredentials(at: Paths, baseUrl: string): Promise<Credentials | undefined> {
  const credentials = await readJson<Credentials>(at.credentials);
  if (!credentials || credentials.baseUrl === baseUrl) return credentials;
  const moved = { ...credentials, baseUrl };
  await writeJson(at.credentials, moved);
  return moved;
}

/** Where people on this machine reach it. */
export function publicUrl(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
