import { Command } from 'commander';
import { fetchStatus } from '../control-client.ts';
import { checkInstallation } from '../doctor/check-installation.ts';
import { checkMachine } from '../doctor/check-machine.ts';
import { checkRunning } from '../doctor/check-running.ts';
import type { Finding } from '../doctor/finding.ts';
import { paths } from '../paths.ts';
import { readSettings } from '../settings.ts';

export const doctorCommand = (): Command =>
  new Command('doctor')
    .description('what is wrong here, and how to mend it; exit code 1 when something is')
    .option('-p, --port <port>', 'public port (LLMOPS_PORT, 7070)')
    .option('--home <folder>', 'where its state lies (LLMOPS_HOME, .llmops)')
    .option('--json', 'as a JSON array of {check, ok, message, fix}')
    .action(async (options: { home?: string; port?: string; json?: boolean }) => {
      const settings = readSettings(options);
      const status = await fetchStatus(paths(settings.home));
      const findings = [
        ...(await checkMachine(settings)),
        ...(await checkInstallation(settings, status !== undefined)),
        ...(status ? await checkRunning(settings, status) : []),
      ];
      console.log(options.json ? JSON.stringify(findings, null, 2) : findings.map(print).join('\n'));
      process.exitCode = findings.every(({ ok }) => ok) ? 0 : 1;
    });

function print({ check, ok, message, fix }: Finding): string {
  const line = `${ok ? '✓' : '✗'} ${check.padEnd(14)} ${message}`;
  return ok || !fix ? line : `${line}\n  → ${fix}`;
}
