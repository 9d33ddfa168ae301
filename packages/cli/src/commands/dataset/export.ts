import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DataFormat } from '@llmops/contracts/data/v1/dataset';
import { Option } from 'commander';
import { apiCommand, type ConnectOptions, connect } from '../../api/connect.ts';
import { findDataset } from './find-dataset.ts';

interface Options extends ConnectOptions {
  version: string;
  format: keyof typeof formats;
  split?: string;
  output?: string;
}

const formats = {
  jsonl: DataFormat.JSONL,
  csv: DataFormat.CSV,
  parquet: DataFormat.PARQUET,
  arrow: DataFormat.ARROW,
} as const;

export const exportCommand = () =>
  apiCommand('export')
    .description('a version as a file')
    .argument('<dataset>', 'id or name')
    .option('--version <id>', 'id, number or tag', 'latest')
    .addOption(new Option('--format <name>').choices(Object.keys(formats)).default('jsonl'))
    .option('--split <name>')
    .option('-o, --output <file>', 'standard output unless said')
    .action(async (idOrName: string, options: Options) => {
      const connection = await connect(options);
      const { id: dataset } = await findDataset(connection, idOrName);
      const { version, split = '' } = options;
      const request = { project: connection.project, dataset, version, split, format: formats[options.format] };
      const out = options.output === undefined ? process.stdout : createWriteStream(options.output);
      const chunks = async function* () {
        for await (const { data } of connection.llmops.datasets.exportVersion(request)) yield data;
      };
      await pipeline(Readable.from(chunks(), { objectMode: false }), out, { end: out !== process.stdout });
    });
