import {
  IndexVersion_State,
  IndexVersionSchema,
  RecallProbeSchema,
} from '@llmops/contracts/retrieval/v1/knowledge_base';
import { sleep } from '@llmops/embedded';
import { apiCommand, type Connection, type ConnectOptions, connect } from '../../api/connect.ts';
import { bytes, jsonOf, printJson } from '../../output/print.ts';
import { showProgress } from '../../output/progress.ts';
import { table } from '../../output/table.ts';
import { CliError } from '../../settings.ts';
import { findKnowledgeBase } from './find-knowledge-base.ts';
import { type IndexOptions, indexSettingsOf, withIndexOptions } from './index-options.ts';

type Options = ConnectOptions & { json?: boolean };

export const indexesCommand = () =>
  apiCommand('indexes')
    .description('index versions of a knowledge base')
    .argument('<knowledge base>', 'id or name')
    .option('--json', 'as a JSON array')
    .action(async (idOrName: string, options: Options) => {
      const connection = await connect(options);
      const { id: knowledgeBase } = await findKnowledgeBase(connection, idOrName);
      const { llmops, project } = connection;
      const { indexVersions } = await llmops.indexVersions.listIndexVersions({ project, knowledgeBase, pageSize: 200 });
      if (options.json) return printJson(indexVersions.map((one) => jsonOf(IndexVersionSchema, one)));
      const rows = indexVersions.map((one) => [
        one.id,
        String(one.number),
        IndexVersion_State[one.state].toLowerCase(),
        one.embeddingModels.map(({ name }) => name).join(', '),
        String(one.chunkCount),
        bytes(one.sizeBytes),
        one.digest.slice(0, 12),
      ]);
      console.log(table(['ID', 'NO', 'STATE', 'EMBEDDING MODELS', 'CHUNKS', 'SIZE', 'DIGEST'], rows));
    });

export const buildCommand = () =>
  withIndexOptions(apiCommand('build'))
    .description('build an index beside the live one; --activate switches to it when it is ready')
    .argument('<knowledge base>', 'id or name')
    .option('--activate', 'answer from it when it is ready')
    .option('--json', 'as one JSON object')
    .action(async (idOrName: string, options: Options & IndexOptions & { activate?: boolean }) => {
      const connection = await connect(options);
      const { id: knowledgeBase } = await findKnowledgeBase(connection, idOrName);
      const { llmops, project } = connection;
      const settings = indexSettingsOf(options);
      const begun = await llmops.indexVersions.createIndexVersion({ project, knowledgeBase, settings });
      const quiet = options.json === true && !process.stderr.isTTY;
      const built = await waitBuilt(connection, knowledgeBase, begun.id, quiet);
      if (options.activate) {
        await llmops.indexVersions.activateIndexVersion({ project, knowledgeBase, indexVersion: built.id });
      }
      if (options.json) printJson(jsonOf(IndexVersionSchema, built));
      else console.log(`${built.id} is ${options.activate ? 'live' : 'ready'}`);
    });

async function waitBuilt({ llmops, project }: Connection, knowledgeBase: string, indexVersion: string, quiet: boolean) {
  const progress = showProgress('building', quiet);
  for (;;) {
    const one = await llmops.indexVersions.getIndexVersion({ project, knowledgeBase, indexVersion });
    const { total = 0n, pending = 0n } = one.documents ?? {};
    progress.at(Number(total - pending), Number(total));
    if (one.state === IndexVersion_State.FAILED) throw new CliError(`${one.id} could not be built: ${one.error}`);
    if (one.state !== IndexVersion_State.BUILDING) {
      progress.end();
      return one;
    }
    await sleep(500);
  }
}

export const activateCommand = () =>
  apiCommand('activate')
    .description('answer from this index version from now on')
    .argument('<knowledge base>', 'id or name')
    .argument('<index version>')
    .action(async (idOrName: string, indexVersion: string, options: ConnectOptions) => {
      const connection = await connect(options);
      const { id: knowledgeBase } = await findKnowledgeBase(connection, idOrName);
      const { llmops, project } = connection;
      await llmops.indexVersions.activateIndexVersion({ project, knowledgeBase, indexVersion });
      console.log(`${indexVersion} is live`);
    });

export const rollbackCommand = () =>
  apiCommand('rollback')
    .description('back to the index version that was live before')
    .argument('<knowledge base>', 'id or name')
    .action(async (idOrName: string, options: ConnectOptions) => {
      const connection = await connect(options);
      const { id: knowledgeBase } = await findKnowledgeBase(connection, idOrName);
      const { llmops, project } = connection;
      const after = await llmops.indexVersions.rollbackIndexVersion({ project, knowledgeBase });
      console.log(`${after.liveIndexVersion} is live`);
    });

export const probeCommand = () =>
  apiCommand('probe')
    .description('recall of the approximate search against the exact one; exit code 1 on an alarm')
    .argument('<knowledge base>', 'id or name')
    .option('--json', 'as one JSON object')
    .action(async (idOrName: string, options: Options) => {
      const connection = await connect(options);
      const { id: knowledgeBase } = await findKnowledgeBase(connection, idOrName);
      const { llmops, project } = connection;
      const probe = await llmops.indexVersions.probeRecall({ project, knowledgeBase, indexVersion: 'live' });
      if (probe.alarm) process.exitCode = 1;
      if (options.json) return printJson(jsonOf(RecallProbeSchema, probe));
      const rows = probe.measures.map((one) => [
        one.embeddingModel,
        one.filter,
        `${(one.selectivity * 100).toFixed(2)} %`,
        one.recall.toFixed(3),
        one.returned.toFixed(1),
        one.plan,
        one.p50Ms.toFixed(1),
      ]);
      console.log(table(['EMBEDDING MODEL', 'FILTER', 'PASSES', 'RECALL', 'RETURNED', 'PLAN', 'P50 MS'], rows));
      if (probe.alarm) console.log(`! recall is below ${probe.threshold}`);
    });
