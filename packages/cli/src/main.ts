import { Command } from 'commander';
import { doctorCommand } from './commands/doctor.ts';
import { downCommand } from './commands/down.ts';
import { logsCommand } from './commands/logs.ts';
import { resetCommand } from './commands/reset.ts';
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
  .addCommand(resetCommand());

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CliError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
