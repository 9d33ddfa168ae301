import { Document_State, DocumentSchema } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { allPages, collect } from '../../api/all-pages.ts';
import { apiCommand, type ConnectOptions, connect } from '../../api/connect.ts';
import { bytes, jsonOf, printJson } from '../../output/print.ts';
import { table } from '../../output/table.ts';
import { findKnowledgeBase } from './find-knowledge-base.ts';

export const documentsCommand = () =>
  apiCommand('documents')
    .description('documents of a knowledge base, with their states and reasons')
    .argument('<knowledge base>', 'id or name')
    .option('--failed', 'only those that could not be indexed')
    .option('--json', 'as a JSON array')
    .action(async (idOrName: string, options: ConnectOptions & { failed?: boolean; json?: boolean }) => {
      const connection = await connect(options);
      const { llmops, project } = connection;
      const { id: knowledgeBase } = await findKnowledgeBase(connection, idOrName);
      const state = options.failed ? Document_State.FAILED : Document_State.UNSPECIFIED;
      const pages = allPages(
        (pageToken) => llmops.documents.listDocuments({ project, knowledgeBase, state, pageSize: 200, pageToken }),
        (page) => page.documents,
      );
      const all = await collect(pages);
      if (options.json) return printJson(all.map((one) => jsonOf(DocumentSchema, one)));
      const rows = all.map((one) => [
        one.id,
        one.displayName.slice(0, 60),
        Document_State[one.state].toLowerCase(),
        bytes(one.sizeBytes),
        String(one.chunkCount),
        one.errorMessage,
      ]);
      console.log(table(['ID', 'NAME', 'STATE', 'SIZE', 'CHUNKS', 'REASON'], rows));
    });
