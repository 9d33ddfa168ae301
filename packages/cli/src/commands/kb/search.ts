import type { SearchResponse } from '@llmops/contracts/retrieval/v1/search';
import { SearchResponseSchema } from '@llmops/contracts/retrieval/v1/search';
import { apiCommand, type ConnectOptions, connect } from '../../api/connect.ts';
import { jsonOf, printJson } from '../../output/print.ts';
import { wholeNumber } from '../../settings.ts';
import { findKnowledgeBase } from './find-knowledge-base.ts';

interface Options extends ConnectOptions {
  k: number;
  arm?: string[];
  principal?: string[];
  json?: boolean;
}

export const searchCommand = () =>
  apiCommand('search')
    .description('what a question finds, with each arm’s rank')
    .argument('<knowledge base>', 'id or name')
    .argument('<query>')
    .option('--k <number>', 'results', wholeNumber(1, 1000), 5)
    .option('--arm <name...>', 'only these: lexical, dense, or a model by name')
    .option('--principal <name...>', 'on whose behalf: user:ada, group:hr')
    .option('--json', 'the whole response')
    .action(async (idOrName: string, query: string, options: Options) => {
      const connection = await connect(options);
      const { id: knowledgeBase } = await findKnowledgeBase(connection, idOrName);
      const { llmops, project } = connection;
      const arms = options.arm ?? [];
      const principals = options.principal ?? [];
      const response = await llmops.search.search({ project, knowledgeBase, query, k: options.k, arms, principals });
      if (options.json) printJson(jsonOf(SearchResponseSchema, response));
      else console.log(responseText(response));
    });

function responseText({ results, arms, support }: SearchResponse): string {
  const found = results.map(({ rank, documentName, chunk, text, armScores }) => {
    const where = [documentName, ...(chunk?.headingPath ?? [])].join(' › ');
    const page = chunk && chunk.page > 0 ? ` p. ${chunk.page}` : '';
    const ranks = armScores.map((one) => `${one.arm} #${one.rank}`).join(', ');
    return `${rank}. ${where}${page}  (${ranks})\n   ${text.replaceAll(/\s+/g, ' ').slice(0, 240)}`;
  });
  const missing = arms.filter(({ used }) => !used).map(({ name, note }) => `! ${name} was not used: ${note}`);
  return [...found, ...missing, `support ${support.toFixed(2)}`].join('\n');
}
