import { apiCommand, type ConnectOptions, connect } from '../../api/connect.ts';
import { wholeNumber } from '../../settings.ts';
import { findDataset } from './find-dataset.ts';

interface Options extends ConnectOptions {
  version: string;
  limit: number;
  where?: string;
  split?: string;
}

export const rowsCommand = () =>
  apiCommand('rows')
    .description('rows of a version, one JSON object a line')
    .argument('<dataset>', 'id or name')
    .option('--version <id>', 'id, number or tag', 'latest')
    .option('--limit <number>', 'at most so many', wholeNumber(1, 1_000_000), 20)
    .option('--where <sql>', 'a condition over the columns')
    .option('--split <name>')
    .action(async (idOrName: string, options: Options) => {
      const connection = await connect(options);
      const { llmops, project } = connection;
      const { id: dataset } = await findDataset(connection, idOrName);
      const { version, where = '', split = '' } = options;
      let pageToken = '';
      for (let left = options.limit; left > 0; ) {
        const pageSize = Math.min(200, left);
        const page = await llmops.datasets.listRows({ project, dataset, version, where, split, pageSize, pageToken });
        for (const { json } of page.rows) console.log(json);
        left -= page.rows.length;
        pageToken = page.nextPageToken;
        if (pageToken === '') break;
      }
    });
