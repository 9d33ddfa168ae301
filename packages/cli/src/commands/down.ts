import { sleep } from '@llmops/embedded';
import { Command } from 'commander';
import { requestStop } from '../control-client.ts';
import { type Paths, paths } from '../paths.ts';
import { CliError, readSettings } from '../settings.ts';
import { stopLeftovers, supervisorPid } from '../supervisor/state-file.ts';

export const downCommand = (): Command =>
  new Command('down')
    .description('stop everything, letting calls in flight end')
    .option('--home <folder>', 'where its state lies (LLMOPS_HOME, .llmops)')
    .action(async (options: { home?: string }) => {
      console.log(await down(paths(readSettings(options).home)));
    });

/** More than the gateway, the services and the servers may take one after the other. */
const TIMEOUT_MS = 60_000;

/** Stops the supervisor and, where one was killed, what it left. Returns what was done. */
export async function down(at: Paths): Promise<string> {
  const pid = await supervisorPid(at);
  if (pid === undefined) {
    const left = await stopLeftovers(at);
    return left.length > 0 ? `stopped what an earlier start left: ${left.join(', ')}` : 'llmops is not running';
  }
  if (!(await requestStop(at))) process.kill(pid, 'SIGTERM');
  for (const deadline = Date.now() + TIMEOUT_MS; (await supervisorPid(at)) === pid; await sleep(50)) {
    if (Date.now() > deadline)
      throw new CliError(`Process ${pid} does not end. Stop it with: kill -9 ${pid}; llmops down`);
  }
  return 'llmops is stopped';
}
