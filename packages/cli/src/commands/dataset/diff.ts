import { Change_Kind, DiffVersionsResponseSchema } from '@llmops/contracts/data/v1/dataset';
import { apiCommand, type ConnectOptions, connect } from '../../api/connect.ts';
import { jsonOf, printJson } from '../../output/print.ts';
import { findDataset } from './find-dataset.ts';

interface Options extends ConnectOptions {
  base?: string;
  json?: boolean;
}

const marks: Record<number, string> = {
  [Change_Kind.ADDED]: '+',
  [Change_Kind.REMOVED]: '-',
  [Change_Kind.CHANGED]: '~',
};

export const diffCommand = () =>
  apiCommand('diff')
    .description('what a version adds, removes and changes')
    .argument('<dataset>', 'id or name')
    .argument('[version]', 'id, number or tag', 'latest')
    .option('--base <version>', 'its predecessor unless said')
    .option('--json', 'as one JSON object')
    .action(async (idOrName: string, version: string, options: Options) => {
      const connection = await connect(options);
      const { llmops, project } = connection;
      const { id: dataset } = await findDataset(connection, idOrName);
      const base = options.base ?? '';
      const diff = await llmops.datasets.diffVersions({ project, dataset, version, base, pageSize: 200 });
      if (options.json) return printJson(jsonOf(DiffVersionsResponseSchema, diff));
      console.log(`${diff.added} added, ${diff.removed} removed, ${diff.changed} changed, ${diff.unchanged} as before`);
      for (const change of diff.schemaChanges) console.log(`! ${change}`);
      for (const { kind, rowId, columns, beforeJson, afterJson } of diff.changes) {
        const what = kind === Change_Kind.CHANGED ? `${columns.join(', ')}` : afterJson || beforeJson;
        console.log(`${marks[kind] ?? '?'} ${rowId}  ${what.slice(0, 200)}`);
      }
      if (diff.nextPageToken !== '') console.log('… and more');
    });
