import { sleep } from '@llmops/embedded';
import { Command, Option } from 'commander';
import { fetchStatus } from '../control-client.ts';
import { paths } from '../paths.ts';
import { CliError, readSettings, type Settings } from '../settings.ts';
import { startDetached } from '../start/detach.ts';
import type { Emit, UpEvent } from '../start/events.ts';
import { printEvents } from '../start/print-events.ts';
import { runSupervisor } from '../start/run-supervisor.ts';
import { supervisorPid } from '../supervisor/state-file.ts';

interface Options {
  detach?: boolean;
  json?: boolean;
  models: boolean;
  demo: boolean;
  supervise?: boolean;
  port?: string;
  host?: string;
  home?: string;
}

export const upCommand = (): Command =>
  new Command('up')
    .description('start everything; Ctrl-C stops it')
    .option('-d, --detach', 'run in the background; returns when ready')
    .option('-p, --port <port>', 'public port, 0 for any free one (LLMOPS_PORT, 7070)')
    .option('--host <address>', 'address to listen on (LLMOPS_HOST, 127.0.0.1)')
    .option('--home <folder>', 'where its state lies (LLMOPS_HOME, .llmops)')
    .option('--no-models', 'do not wait for the default models')
    .option('--no-demo', 'do not make the demo knowledge base on the first start')
    .option('--json', 'print one JSON object when ready')
    .addOption(new Option('--supervise', 'be the background process').hideHelp())
    .action(async (options: Options) => {
      process.exitCode = await up(options);
    });

async function up(options: Options): Promise<number> {
  const settings = readSettings(options);
  const startedAt = Number(process.env['LLMOPS_STARTED_AT_MS'] ?? Date.now());
  const emit = options.supervise ? sendToParent : options.json ? printJson : printEvents(process.stdout);
  if (await supervisorPid(paths(settings.home))) return alreadyRunning(settings, options);
  if (options.detach) return startDetached(settings, forwarded(settings, options), emit);
  const code = await runSupervisor({
    settings,
    models: options.models,
    demo: options.models && options.demo,
    emit,
    startedAt,
  });
  return code === 'busy' ? alreadyRunning(settings, options) : code;
}

const forwarded = (settings: Settings, { models, demo }: Options): string[] => [
  ...['--home', settings.home, '--host', settings.host, '--port', String(settings.port)],
  ...(models ? [] : ['--no-models']),
  ...(demo ? [] : ['--no-demo']),
];

/** Somebody else starts or runs it: waits until that start is over. */
async function alreadyRunning({ home }: Settings, { json }: Options): Promise<number> {
  const at = paths(home);
  for (;;) {
    const status = await fetchStatus(at);
    if (status?.phase === 'ready') {
      const { baseUrl, pid } = status;
      if (json)
        console.log(JSON.stringify({ ready: true, alreadyRunning: true, baseUrl, credentialsFile: at.credentials }));
      else
        console.log(
          `llmops is already running at ${baseUrl} (process ${pid}). "llmops status" shows it, "llmops down" stops it.`,
        );
      return 0;
    }
    if (!(await supervisorPid(at))) throw new CliError('Another start of this installation ended without being ready.');
    await sleep(200);
  }
}

const sendToParent: Emit = (event) => {
  if (process.connected) process.send?.(event);
  console.log(JSON.stringify(event));
};

const printJson: Emit = (event: UpEvent) => {
  if (event.type === 'ready') console.log(JSON.stringify({ ready: true, alreadyRunning: false, ...event.summary }));
  if (event.type === 'failed') console.log(JSON.stringify({ ready: false, message: event.message, log: event.log }));
};
