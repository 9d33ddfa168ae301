import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cli = join(import.meta.dirname, '../../../packages/cli/dist/llmops.mjs');

/** Runs the product's own command; rejects with what it printed when it fails. */
export async function llmops(home: string, ...args: string[]): Promise<string> {
  try {
    const { stdout } = await run(process.execPath, [cli, ...args, '--home', home], { maxBuffer: 16 << 20 });
    return stdout;
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as { stdout?: string; stderr?: string; message: string };
    throw new Error(`llmops ${args.join(' ')}: ${message}\n${stdout}\n${stderr}`);
  }
}

export interface ServiceStatus {
  name: string;
  state: string;
  ready: boolean;
  port: number;
  pid?: number;
  restarts: number;
  memoryBytes?: number;
}

/** What `llmops status --json` says; it exits with 1 while something is not ready. */
export async function serviceStatus(home: string): Promise<ServiceStatus[]> {
  const stdout = await run(process.execPath, [cli, 'status', '--json', '--home', home]).then(
    (result) => result.stdout,
    (error: { stdout: string }) => error.stdout,
  );
  return (JSON.parse(stdout) as { services: ServiceStatus[] }).services;
}
