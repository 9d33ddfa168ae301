import { DatasetSchema } from '@llmops/contracts/data/v1/dataset';
import { collect } from '../../api/all-pages.ts';
import { apiCommand, type ConnectOptions, connect } from '../../api/connect.ts';
import { jsonOf, printJson } from '../../output/print.ts';
import { table } from '../../output/table.ts';
import { listDatasets } from './find-dataset.ts';

export const listDatasetsCommand = () =>
  apiCommand('list')
    .description('datasets, with their newest versions')
    .option('--json', 'as a JSON array')
    .action(async (options: ConnectOptions & { json?: boolean }) => {
      const all = await collect(listDatasets(await connect(options)));
      if (options.json) return printJson(all.map((one) => jsonOf(DatasetSchema, one)));
      const rows = all.map(({ id, displayName, versionCount, latestRows, latestVersion }) => [
        id,
        displayName,
        String(versionCount),
        latestVersion === '' ? '-' : String(latestRows),
        latestVersion || '-',
      ]);
      console.log(table(['ID', 'NAME', 'VERSIONS', 'ROWS', 'LATEST'], rows));
    });
