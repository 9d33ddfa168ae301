import { ApiError } from '@llmops/sdk';
import { Command } from 'commander';
import { datasetCommand } from './commands/dataset/dataset.ts';
import { doctorCommand } from './commands/doctor.ts';
import { downCommand } from './commands/down.ts';
import { kbCommand } from './commands/kb/kb.ts';
import { logsCommand } from './commands/logs.ts';
import { resetCommand } from './commands/reset.ts';
import { sourceCommand } from './commands/source/source.ts';
import { statusCommand } from './commands/status.ts';
import { upCommand } from './commands/up.ts';
import { CliError } from './settings.ts';

// A reader that goes away (`llmops logs | head`) is no error.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

const program = new Command('llmops')
  .description('The whole life of an LLM application on your own machines')
  .showHelpAfterError()
  .addCommand(upCommand())
  .addCommand(downCommand())
  .addCommand(statusCommand())
  .addCommand(logsCommand())
  .addCommand(doctorCommand())
  .addCommand(resetCommand())
  .addCommand(kbCommand())
  .addCommand(datasetCommand())
  .addCommand(sourceCommand());

try {
  await program.parseAsync();
} catch (error) {
  // A file that is not there, or not ours to read: Node's own message names it.
  const isAboutFile = error instanceof Error && 'syscall' in error && 'path' in error;
  if (!(error instanceof CliError || error instanceof ApiError || isAboutFile)) throw error;
  console.error(error instanceof ApiError ? `${error.message} (${error.code})` : error.message);
  process.exitCode = 1;
}
