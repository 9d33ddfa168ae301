import { Command } from 'commander';
import { fetchStatus } from '../control-client.ts';
import { table } from '../output/table.ts';
import { paths } from '../paths.ts';
import { readSettings } from '../settings.ts';
import type { SupervisorStatus } from '../supervisor/supervisor.ts';

export const statusCommand = (): Command =>
  new Command('status')
    .description('what runs: state, port, process, memory, restarts; exit code 1 unless all is ready')
    .option('--home <folder>', 'where its state lies (LLMOPS_HOME, .llmops)')
    .option('--json', 'as one JSON object')
    .action(async (options: { home?: string; json?: boolean }) => {
      const status = await fetchStatus(paths(readSettings(options).home));
      const ready = status?.phase === 'ready' && status.services.every((service) => service.ready);
      process.exitCode = ready ? 0 : 1;
      if (options.json) console.log(JSON.stringify({ running: status !== undefined, ready, ...status }, null, 2));
      else console.log(status ? statusTable(status) : 'llmops is not running; start it with "llmops up"');
    });

const HEADINGS = ['SERVICE', 'STATE', 'READY', 'PORT', 'PID', 'MEMORY', 'RESTARTS', 'UPTIME'];

export function statusTable(status: SupervisorStatus): string {
  const rows = status.services.map((service) => [
    service.name,
    service.state,
    service.ready ? 'yes' : 'no',
    String(service.port),
    service.pid === undefined ? '-' : String(service.pid),
    service.memoryBytes === undefined ? '-' : `${Math.round(service.memoryBytes / 1024 / 1024)} MB`,
    String(service.restarts),
    service.uptimeMs === undefined ? '-' : duration(service.uptimeMs),
  ]);
  const reasons = status.services.flatMap(({ name, reason }) => (reason ? [`! ${name}: ${reason}`] : []));
  return [`llmops is ${status.phase} at ${status.baseUrl}`, '', table(HEADINGS, rows), ...reasons].join('\n');
}

function duration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}
