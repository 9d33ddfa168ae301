import { apiCommand, type ConnectOptions, connect } from '../../api/connect.ts';
import { CliError } from '../../settings.ts';
import { findKnowledgeBase } from './find-knowledge-base.ts';

export const deleteKnowledgeBaseCommand = () =>
  apiCommand('delete')
    .description('delete a knowledge base with its documents and indexes')
    .argument('<knowledge base>', 'id or name')
    .option('-y, --yes', 'confirm')
    .action(async (idOrName: string, options: ConnectOptions & { yes?: boolean }) => {
      if (!options.yes) throw new CliError('Say --yes to delete it with all its documents.');
      const connection = await connect(options);
      const { id, displayName } = await findKnowledgeBase(connection, idOrName);
      await connection.llmops.knowledgeBases.deleteKnowledgeBase({ project: connection.project, knowledgeBase: id });
      console.log(`${displayName} is deleted`);
    });
