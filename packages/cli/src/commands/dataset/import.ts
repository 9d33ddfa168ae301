import { access } from 'node:fs/promises';
import { DatasetVersionSchema } from '@llmops/contracts/data/v1/dataset';
import { apiCommand, type ConnectOptions, connect } from '../../api/connect.ts';
import { sendUpload } from '../../api/send-upload.ts';
import { waitJob } from '../../api/wait-job.ts';
import { jsonOf, printJson } from '../../output/print.ts';
import { showProgress } from '../../output/progress.ts';
import { CliError, wholeNumber } from '../../settings.ts';
import { datasetFor } from './find-dataset.ts';

interface Options extends ConnectOptions {
  create?: boolean;
  key?: string[];
  encoding?: string;
  message?: string;
  split?: string[];
  seed: number;
  stratifyBy?: string;
  groupBy?: string;
  json?: boolean;
}

export const importCommand = () =>
  apiCommand('import')
    .description('a file as a new version: JSONL, JSON, CSV, TSV, Parquet, Arrow or text, as it says of itself')
    .argument('<dataset>', 'id or name')
    .argument('<file>')
    .option('--create', 'make the dataset when there is none of that name')
    .option('--key <column...>', 'columns whose values name a row for ever')
    .option('--encoding <name>', 'of text, detected unless said')
    .option('--message <text>', 'what is new in it')
    .option('--split <name=share...>', 'train=0.8 test=0.2')
    .option('--seed <number>', 'of the splits', wholeNumber(0, Number.MAX_SAFE_INTEGER), 0)
    .option('--stratify-by <column>')
    .option('--group-by <column>')
    .option('--json', 'as one JSON object')
    .action(async (idOrName: string, file: string, options: Options) => {
      const splits = (options.split ?? []).map(readSplit);
      await access(file);
      const connection = await connect(options);
      const { llmops, project } = connection;
      const quiet = options.json === true && !process.stderr.isTTY;
      const { id: dataset } = await datasetFor(connection, idOrName, options.create === true);
      const sent = showProgress('sending', quiet);
      const upload = await sendUpload(connection, file, (done, total) => sent.at(done, total, 'bytes'));
      sent.end();
      const job = await llmops.datasets.importVersion({
        project,
        dataset,
        input: {
          origin: { case: 'upload', value: upload },
          keyColumns: options.key ?? [],
          encoding: options.encoding ?? '',
        },
        message: options.message ?? '',
        splits,
        splitOptions: {
          seed: BigInt(options.seed),
          stratifyBy: options.stratifyBy ?? '',
          groupBy: options.groupBy ?? '',
        },
      });
      const { resource } = await waitJob(connection, job.id, showProgress('importing', quiet));
      const version = await llmops.datasets.getVersion({ project, dataset, version: resource });
      if (options.json) printJson(jsonOf(DatasetVersionSchema, version));
      else console.log(`${version.id}: version ${version.number}, ${version.rowCount} rows`);
    });

function readSplit(text: string) {
  const [, name, share] = /^([a-z][\w-]*)=([\d.]+)$/.exec(text) ?? [];
  const fraction = Number(share);
  if (name === undefined || !(fraction > 0 && fraction <= 1)) {
    throw new CliError(`--split ${text}: expected a name and a share, train=0.8.`);
  }
  return { name, fraction };
}
