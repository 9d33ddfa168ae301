import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { DatasetVersionSchema } from '@llmops/contracts/data/v1/dataset';
import { apiCommand, type ConnectOptions, connect } from '../../api/connect.ts';
import { waitJob } from '../../api/wait-job.ts';
import { jsonOf, printJson } from '../../output/print.ts';
import { showProgress } from '../../output/progress.ts';
import { wholeNumber } from '../../settings.ts';
import { datasetFor } from './find-dataset.ts';

interface Options extends ConnectOptions {
  create?: boolean;
  model?: string;
  query?: string;
  failed?: boolean;
  hours?: number;
  limit: number;
  message?: string;
  json?: boolean;
}

export const fromTracesCommand = () =>
  apiCommand('from-traces')
    .description('calls that were traced as a new version: what was asked, answered and spent, a row each')
    .argument('<dataset>', 'id or name')
    .option('--create', 'make the dataset when there is none of that name')
    .option('--model <name>', 'only calls of this one')
    .option('--query <words>', 'only calls whose input or output holds them')
    .option('--failed', 'only calls that failed')
    .option('--hours <number>', 'of the last so many hours', wholeNumber(1, 100_000))
    .option('--limit <number>', 'the newest so many', wholeNumber(1, 20_000), 1_000)
    .option('--message <text>', 'what is new in it')
    .option('--json', 'as one JSON object')
    .action(async (idOrName: string, options: Options) => {
      const connection = await connect(options);
      const { llmops, project } = connection;
      const { id: dataset } = await datasetFor(connection, idOrName, options.create === true);
      const value = {
        model: options.model ?? '',
        query: options.query ?? '',
        failedOnly: options.failed === true,
        maxRows: options.limit,
        ...(options.hours === undefined ? {} : { startTime: timestampFromMs(Date.now() - options.hours * 3_600_000) }),
      };
      const origin = { case: 'traces' as const, value };
      const message = options.message ?? '';
      const job = await llmops.datasets.importVersion({ project, dataset, input: { origin }, message });
      const quiet = options.json === true && !process.stderr.isTTY;
      const { resource } = await waitJob(connection, job.id, showProgress('importing', quiet));
      const version = await llmops.datasets.getVersion({ project, dataset, version: resource });
      if (options.json) printJson(jsonOf(DatasetVersionSchema, version));
      else console.log(`${version.id}: version ${version.number}, ${version.rowCount} rows`);
    });
