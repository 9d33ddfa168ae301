import { DatasetVersion_Verdict, DatasetVersionSchema } from '@llmops/contracts/data/v1/dataset';
import { allPages, collect } from '../../api/all-pages.ts';
import { apiCommand, type ConnectOptions, connect } from '../../api/connect.ts';
import { bytes, jsonOf, printJson } from '../../output/print.ts';
import { table } from '../../output/table.ts';
import { findDataset } from './find-dataset.ts';

export const versionsCommand = () =>
  apiCommand('versions')
    .description('versions of a dataset, newest first')
    .argument('<dataset>', 'id or name')
    .option('--json', 'as a JSON array')
    .action(async (idOrName: string, options: ConnectOptions & { json?: boolean }) => {
      const connection = await connect(options);
      const { llmops, project } = connection;
      const { id: dataset } = await findDataset(connection, idOrName);
      const pages = allPages(
        (pageToken) => llmops.datasets.listVersions({ project, dataset, pageSize: 200, pageToken }),
        ({ versions }) => versions,
      );
      const all = await collect(pages);
      if (options.json) return printJson(all.map((one) => jsonOf(DatasetVersionSchema, one)));
      const rows = all.map((one) => [
        one.id,
        String(one.number),
        String(one.rowCount),
        bytes(one.sizeBytes),
        bytes(one.addedBytes),
        one.tags.join(', '),
        DatasetVersion_Verdict[one.verdict].toLowerCase(),
        one.message,
      ]);
      console.log(table(['ID', 'NO', 'ROWS', 'SIZE', 'ADDED', 'TAGS', 'VERDICT', 'MESSAGE'], rows));
    });
