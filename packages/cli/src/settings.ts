import { join, resolve } from 'node:path';
import { repoRoot } from '@llmops/embedded';

export interface Settings {
  /** The repository: bundles and infra files. */
  root: string;
  /** State of this installation: data, logs, secrets. */
  home: string;
  /** Address the gateway listens on. */
  host: string;
  /** Public port; 0 picks a free one. */
  port: number;
}

export interface Flags {
  home?: string;
  host?: string;
  port?: string;
}

/** Flags first, then the environment, then defaults. */
export function readSettings(flags: Flags = {}, env: NodeJS.ProcessEnv = process.env): Settings {
  const root = repoRoot();
  return {
    root,
    home: resolve(flags.home ?? env['LLMOPS_HOME'] ?? join(root, '.llmops')),
    host: flags.host ?? env['LLMOPS_HOST'] ?? '127.0.0.1',
    port: parsePort(flags.port ?? env['LLMOPS_PORT'] ?? '7070'),
  };
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new CliError(`"${text}" is not a port: give a number from 0 (any free port) to 65535.`);
  }
  return port;
}

/** Reads an option's number. */
export const wholeNumber =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new CliError(`"${text}": expected a whole number from ${min} to ${max}.`);
  };

/** Something the user can mend; printed without a stack. */
export class CliError extends Error {
  /** The end of the log of whatever failed. */
  readonly log: string | undefined;

  constructor(message: string, log?: string) {
    super(message);
    this.name = 'CliError';
    this.log = log;
  }
}
