import { KnowledgeBaseSchema } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { collect } from '../../api/all-pages.ts';
import { apiCommand, type ConnectOptions, connect } from '../../api/connect.ts';
import { jsonOf, printJson } from '../../output/print.ts';
import { table } from '../../output/table.ts';
import { listKnowledgeBases } from './find-knowledge-base.ts';

export const listKnowledgeBasesCommand = () =>
  apiCommand('list')
    .description('knowledge bases, with their documents by state')
    .option('--json', 'as a JSON array')
    .action(async (options: ConnectOptions & { json?: boolean }) => {
      const all = await collect(listKnowledgeBases(await connect(options)));
      if (options.json) return printJson(all.map((one) => jsonOf(KnowledgeBaseSchema, one)));
      const rows = all.map(({ id, displayName, documents, chunkCount, alarm }) => [
        id,
        displayName,
        String(documents?.indexed ?? 0),
        String(documents?.pending ?? 0),
        String(documents?.failed ?? 0),
        String(chunkCount),
        alarm,
      ]);
      console.log(table(['ID', 'NAME', 'INDEXED', 'PENDING', 'FAILED', 'CHUNKS', 'ALARM'], rows));
    });
