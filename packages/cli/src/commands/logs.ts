import { createReadStream, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { sleep } from '@llmops/embedded';
import { Command } from 'commander';
import { type Paths, paths } from '../paths.ts';
import { CliError, readSettings } from '../settings.ts';
import { tailOf } from '../supervisor/log-file.ts';

interface Options {
  home?: string;
  follow?: boolean;
  lines: string;
}

export const logsCommand = (): Command =>
  new Command('logs')
    .description('the logs of one service, or of all')
    .argument('[service]', 'gateway, governance, …, postgres, nats, supervisor')
    .option('-f, --follow', 'go on as they grow')
    .option('-n, --lines <count>', 'lines to begin with', '100')
    .option('--home <folder>', 'where its state lies (LLMOPS_HOME, .llmops)')
    .action(async (service: string | undefined, options: Options) => {
      const files = chooseFiles(paths(readSettings(options).home), service);
      const prefix = (file: string): string => (files.length > 1 ? `${basename(file, '.log')} | ` : '');
      for (const file of files) printLines(tailOf(file, Number(options.lines)), prefix(file));
      if (options.follow) await Promise.all(files.map((file) => follow(file, prefix(file))));
    });

function chooseFiles(at: Paths, service: string | undefined): string[] {
  const names = listLogs(at);
  if (service && !names.includes(`${service}.log`)) {
    const known = names.map((name) => name.replace(/\.log$/, '')).join(', ') || 'none yet';
    throw new CliError(`There is no log of "${service}". There are: ${known}`);
  }
  return (service ? [`${service}.log`] : names).map((name) => join(at.logs, name));
}

function listLogs(at: Paths): string[] {
  try {
    return readdirSync(at.logs)
      .filter((name) => name.endsWith('.log'))
      .sort();
  } catch {
    return [];
  }
}

function printLines(text: string, prefix: string): void {
  if (text) process.stdout.write(`${text.replaceAll(/^/gm, prefix)}\n`);
}

/** Prints what is appended, for ever; starts over when the file was rotated. */
async function follow(file: string, prefix: string): Promise<void> {
  let position = statSync(file).size;
  for (;;) {
    await sleep(200);
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (size < position) position = 0;
    if (size === position) continue;
    const chunks: Buffer[] = [];
    for await (const chunk of createReadStream(file, { start: position, end: size - 1 })) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    // Only whole lines, or prefixes would land in the middle of one.
    const whole = bytes.lastIndexOf(0x0a) + 1;
    position += whole;
    printLines(bytes.subarray(0, Math.max(0, whole - 1)).toString(), prefix);
  }
}
