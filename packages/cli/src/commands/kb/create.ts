import { KnowledgeBaseSchema } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { apiCommand, type ConnectOptions, connect } from '../../api/connect.ts';
import { jsonOf, printJson } from '../../output/print.ts';
import { type IndexOptions, indexSettingsOf, withIndexOptions } from './index-options.ts';

interface Options extends ConnectOptions, IndexOptions {
  description?: string;
  source?: string[];
  json?: boolean;
}

export const createKnowledgeBaseCommand = () =>
  withIndexOptions(apiCommand('create'))
    .description('make a knowledge base')
    .argument('<name>')
    .option('--description <text>')
    .option('--source <id...>', 'sources to follow')
    .option('--json', 'as one JSON object')
    .action(async (displayName: string, options: Options) => {
      const { llmops, project } = await connect(options);
      const made = await llmops.knowledgeBases.createKnowledgeBase({
        project,
        displayName,
        description: options.description ?? '',
        sources: options.source ?? [],
        indexSettings: indexSettingsOf(options),
      });
      if (options.json) printJson(jsonOf(KnowledgeBaseSchema, made));
      else console.log(made.id);
    });
