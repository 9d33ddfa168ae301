import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { reachableDir } from '@llmops/embedded';
import { Command } from 'commander';
import { type Paths, paths } from '../paths.ts';
import { CliError, readSettings } from '../settings.ts';
import { down } from './down.ts';

interface Options {
  home?: string;
  yes?: boolean;
  keepModels?: boolean;
}

export const resetCommand = (): Command =>
  new Command('reset')
    .description('stop everything and delete all data, secrets, logs and models')
    .option('-y, --yes', 'do not ask')
    .option('--keep-models', 'keep the fetched models')
    .option('--home <folder>', 'where its state lies (LLMOPS_HOME, .llmops)')
    .action(async (options: Options) => {
      const at = paths(readSettings(options).home);
      if (!existsSync(at.home)) {
        console.log(`There is nothing at ${at.home}`);
        return;
      }
      if (!isOurs(at))
        throw new CliError(`${at.home} does not look like an llmops home (no secrets.json); not touched.`);
      if (!options.yes) await confirm(`Delete all data of ${at.home}? Type "yes": `);
      console.log(await down(at));
      await removeAll(at, options.keepModels ?? false);
      console.log(`${at.home} is empty; "llmops up" starts anew`);
    });

const isOurs = (at: Paths): boolean => existsSync(at.secrets) || existsSync(at.state);

async function confirm(question: string): Promise<void> {
  if (!process.stdin.isTTY) throw new CliError('Say --yes to delete without being asked.');
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await prompt.question(question);
  prompt.close();
  if (answer.trim() !== 'yes') throw new CliError('Nothing was deleted.');
}

/** Only what we make: a home that holds other files keeps them. */
async function removeAll(at: Paths, keepModels: boolean): Promise<void> {
  // Postgres' data may have had to lie elsewhere, see reachableDir.
  const data = [
    at.postgres,
    reachableDir(at.postgres, '/var/lib/llmops'),
    at.nats,
    ...(keepModels ? [] : [at.objects]),
  ];
  const files = [at.credentials, at.logs, at.lock, at.socket, at.state, at.secrets];
  // The secrets go last: until then an interrupted reset can be run again.
  for (const path of [...data, ...files]) await rm(path, { recursive: true, force: true });
}
