import { join } from 'node:path';
import { launch } from '@llmops/embedded';
import type { Paths } from '../paths.ts';
import type { ServiceSpec } from '../services.ts';
import { CliError } from '../settings.ts';
import { LogFile, tailOf } from '../supervisor/log-file.ts';
import { bundleOf } from '../supervisor/units.ts';
import { type Installation, migrationEnvironment, serviceEnvironment } from './service-environment.ts';

export interface Bootstrap {
  created: boolean;
  apiKey?: string;
  projectId?: string;
  email?: string;
  password?: string;
}

/** Brings the service's schema up to date. */
export async function migrate(spec: ServiceSpec, one: Installation, at: Paths, signal: AbortSignal): Promise<void> {
  await runJob(spec, 'migrate', one, migrationEnvironment(spec, one), at, signal);
}

/** Fetches the programs that the service runs. */
export async function prepare(spec: ServiceSpec, one: Installation, at: Paths, signal: AbortSignal): Promise<void> {
  await runJob(spec, 'prepare', one, serviceEnvironment(spec, one), at, signal);
}

/**
 * Makes the first organisation, project, user and API key unless they are there. `recover` gives a new key and password
 * when those of the first start are lost.
 */
export async function bootstrap(
  governance: ServiceSpec,
  one: Installation,
  at: Paths,
  signal: AbortSignal,
  recover: boolean,
): Promise<Bootstrap> {
  const env = { ...serviceEnvironment(governance, one), GOVERNANCE_RECOVER: String(recover) };
  const output = await runJob(governance, 'bootstrap', one, env, at, signal);
  const result = output
    .split('\n')
    .map(parseResult)
    .find((line) => line !== undefined);
  if (!result) throw new CliError('governance bootstrap printed no result.', output.slice(-2000));
  return result;
}

function parseResult(line: string): Bootstrap | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'created' in value ? (value as Bootstrap) : undefined;
  } catch {
    return undefined;
  }
}

async function runJob(
  spec: ServiceSpec,
  command: string,
  { settings }: Installation,
  env: NodeJS.ProcessEnv,
  at: Paths,
  signal: AbortSignal,
): Promise<string> {
  const log = new LogFile(at.log(`${spec.name}.${command}`));
  const output: Buffer[] = [];
  try {
    const running = await launch(process.execPath, [bundleOf(settings.root, spec), command], {
      cwd: join(settings.root, spec.folder),
      env,
      signal,
      onLog: (chunk) => {
        output.push(chunk);
        // The one line of `bootstrap` holds the API key and the password.
        if (command !== 'bootstrap') log.write(chunk);
      },
    });
    const [exit] = await Promise.all([running.exited, drained(running.child)]);
    if (exit.code !== 0) {
      const text = Buffer.concat(output).toString();
      const message = `${spec.name} ${command} ended with ${exit.code ?? exit.signal}. Its log: ${log.path}`;
      throw new CliError(message, command === 'bootstrap' ? text.slice(-4000) : tailOf(log.path, 20));
    }
    return Buffer.concat(output).toString();
  } finally {
    log.close();
  }
}

/** The last output may come after the exit. */
function drained(child: { once(event: 'close', listener: () => void): unknown }): Promise<void> {
  return new Promise((resolve) => child.once('close', resolve));
}
