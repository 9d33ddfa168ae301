import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '@llmops/testing';
import { serviceStatus } from './cli.ts';
import { home } from './platform.ts';

async function urlOf(user: string, password: string): Promise<string> {
  const port = await until(async () => (await serviceStatus(home)).find(({ name }) => name === 'postgres')?.port);
  return `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/llmops`;
}

const secrets = async () =>
  JSON.parse(await readFile(join(home, 'secrets.json'), 'utf8')) as {
    postgresPassword: string;
    rolePasswords: Record<string, string>;
  };

/** The superuser's address, to look behind the services' backs. */
export const databaseUrl = async (): Promise<string> => urlOf('postgres', (await secrets()).postgresPassword);

/** The address that a service itself is given. */
export const serviceDatabaseUrl = async (service: string): Promise<string> =>
  urlOf(`${service}_app`, (await secrets()).rolePasswords[`${service}_app`]!);
