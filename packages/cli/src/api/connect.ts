import { createLlmops, type Llmops } from '@llmops/sdk';
import { Command } from 'commander';
import { readJson } from '../json-file.ts';
import { paths } from '../paths.ts';
import { CliError, readSettings } from '../settings.ts';

export interface ConnectOptions {
  url?: string;
  apiKey?: string;
  project?: string;
  home?: string;
}

/** A platform to talk to, and the project that is meant. */
export interface Connection {
  llmops: Llmops;
  project: string;
  baseUrl: string;
  apiKey: string;
}

/** A command that talks to a platform; without options, to the one of this machine. */
export const apiCommand = (name: string): Command =>
  new Command(name)
    .option('--url <address>', 'the platform (LLMOPS_BASE_URL, that of this machine)')
    .option('--api-key <key>', 'LLMOPS_API_KEY, the first one of this machine')
    .option('--project <id>', 'LLMOPS_PROJECT, the first one of this machine')
    .option('--home <folder>', 'whose credentials to use (LLMOPS_HOME, .llmops)');

/** Flags first, then the environment, then the credentials that the first start wrote. */
export async function connect(options: ConnectOptions, env: NodeJS.ProcessEnv = process.env): Promise<Connection> {
  const file = paths(readSettings(options.home === undefined ? {} : { home: options.home }).home).credentials;
  const kept = await readJson<{ baseUrl: string; apiKey: string; projectId: string }>(file);
  const baseUrl = options.url ?? env['LLMOPS_BASE_URL'] ?? kept?.baseUrl;
  const apiKey = options.apiKey ?? env['LLMOPS_API_KEY'] ?? kept?.apiKey;
  const project = options.project ?? env['LLMOPS_PROJECT'] ?? kept?.projectId;
  if (!baseUrl || !apiKey || !project) {
    throw new CliError(
      `No platform to talk to: ${file} is not there. Start one with "llmops up", or give --url, --api-key and --project.`,
    );
  }
  return { llmops: createLlmops({ baseUrl, apiKey }), project, baseUrl, apiKey };
}
