import { readFile } from 'node:fs/promises';
import { fromJsonString } from '@bufbuild/protobuf';
import {
  type Source,
  SourceConfigSchema,
  SourceItem_State,
  SourceItemSchema,
  SourceSchema,
  type SourceSync,
  SourceSyncSchema,
} from '@llmops/contracts/data/v1/source';
import { Job_State } from '@llmops/contracts/jobs/v1/job';
import { sleep } from '@llmops/embedded';
import { Command } from 'commander';
import { allPages, collect } from '../../api/all-pages.ts';
import { apiCommand, type Connection, type ConnectOptions, connect } from '../../api/connect.ts';
import { bytes, jsonOf, printJson } from '../../output/print.ts';
import { table } from '../../output/table.ts';
import { CliError, wholeNumber } from '../../settings.ts';

type Options = ConnectOptions & { json?: boolean };

export const sourceCommand = (): Command =>
  new Command('source')
    .description('where documents and tables come from')
    .addCommand(listCommand())
    .addCommand(createCommand())
    .addCommand(syncCommand())
    .addCommand(itemsCommand());

const listCommand = () =>
  apiCommand('list')
    .description('sources, with their last syncs')
    .option('--json', 'as a JSON array')
    .action(async (options: Options) => {
      const { llmops, project } = await connect(options);
      const pages = allPages(
        (pageToken) => llmops.sources.listSources({ project, pageSize: 200, pageToken }),
        ({ sources }) => sources,
      );
      const all = await collect(pages);
      if (options.json) return printJson(all.map((one) => jsonOf(SourceSchema, one)));
      console.log(table(['ID', 'NAME', 'KIND', 'ITEMS', 'SIZE', 'LAST SYNC'], all.map(sourceRow)));
    });

const sourceRow = ({ id, displayName, config, itemCount, sizeBytes, lastSync }: Source) => [
  id,
  displayName,
  config?.kind.case ?? '-',
  String(itemCount),
  bytes(sizeBytes),
  lastSync ? Job_State[lastSync.state].toLowerCase() : 'never',
];

const createCommand = () =>
  apiCommand('create')
    .description('make a source of a configuration as REST has it: {"crawl":{"startUrls":["https://…"]}}')
    .argument('<name>')
    .requiredOption('--config <json>', 'JSON text, or @file')
    .option('--every <minutes>', 'sync by itself', wholeNumber(1, 44_640), 0)
    .option('--json', 'as one JSON object')
    .action(async (displayName: string, options: Options & { config: string; every: number }) => {
      const { llmops, project } = await connect(options);
      const config = await readConfig(options.config);
      const request = { project, displayName, config, syncIntervalMinutes: options.every };
      const made = await llmops.sources.createSource(request);
      if (options.json) printJson(jsonOf(SourceSchema, made));
      else console.log(made.id);
    });

async function readConfig(text: string) {
  const json = text.startsWith('@') ? await readFile(text.slice(1), 'utf8') : text;
  try {
    return fromJsonString(SourceConfigSchema, json);
  } catch (error) {
    throw new CliError(`--config: ${(error as Error).message}`);
  }
}

const syncCommand = () =>
  apiCommand('sync')
    .description('compare with what was, and take what is new; exit code 1 when it failed')
    .argument('<source>', 'id')
    .option('--json', 'as one JSON object')
    .action(async (source: string, options: Options) => {
      const connection = await connect(options);
      const begun = await connection.llmops.sources.syncSource({ project: connection.project, source });
      const sync = await waitSync(connection, source, begun.id);
      if (sync.state !== Job_State.SUCCEEDED) process.exitCode = 1;
      if (options.json) return printJson(jsonOf(SourceSyncSchema, sync));
      const { added, changed, removed, unchanged, failed } = sync;
      console.log(`${added} added, ${changed} changed, ${removed} removed, ${unchanged} as before, ${failed} failed`);
      if (sync.error) console.log(`✗ ${sync.error.message}`);
    });

async function waitSync({ llmops, project }: Connection, source: string, sync: string): Promise<SourceSync> {
  for (;;) {
    const one = await llmops.sources.getSync({ project, source, sync });
    if (one.state !== Job_State.QUEUED && one.state !== Job_State.RUNNING) return one;
    await sleep(300);
  }
}

const itemsCommand = () =>
  apiCommand('items')
    .description('what a source holds; with --sync, what that sync changed')
    .argument('<source>', 'id')
    .option('--sync <id>')
    .option('--json', 'as a JSON array')
    .action(async (source: string, options: Options & { sync?: string }) => {
      const { llmops, project } = await connect(options);
      const sync = options.sync ?? '';
      const pages = allPages(
        (pageToken) => llmops.sources.listSourceItems({ project, source, sync, pageSize: 200, pageToken }),
        ({ items }) => items,
      );
      const all = await collect(pages);
      if (options.json) return printJson(all.map((one) => jsonOf(SourceItemSchema, one)));
      const rows = all.map((one) => [
        one.id,
        one.path,
        SourceItem_State[one.state].toLowerCase(),
        bytes(one.sizeBytes),
        one.error,
      ]);
      console.log(table(['ID', 'PATH', 'STATE', 'SIZE', 'ERROR'], rows));
    });
