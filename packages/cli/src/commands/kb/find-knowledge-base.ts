import type { KnowledgeBase } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { allPages } from '../../api/all-pages.ts';
import type { Connection } from '../../api/connect.ts';
import { CliError } from '../../settings.ts';

export const listKnowledgeBases = ({ llmops, project }: Connection): AsyncGenerator<KnowledgeBase> =>
  allPages(
    (pageToken) => llmops.knowledgeBases.listKnowledgeBases({ project, pageSize: 200, pageToken }),
    ({ knowledgeBases }) => knowledgeBases,
  );

/** By id, or by a name that is the only one of its kind. */
export async function findKnowledgeBase(connection: Connection, idOrName: string): Promise<KnowledgeBase> {
  const { llmops, project } = connection;
  if (idOrName.startsWith('kb_')) {
    return llmops.knowledgeBases.getKnowledgeBase({ project, knowledgeBase: idOrName });
  }
  const named: KnowledgeBase[] = [];
  for await (const one of listKnowledgeBases(connection)) if (one.displayName === idOrName) named.push(one);
  if (named.length === 1) return named[0]!;
  throw new CliError(
    named.length === 0
      ? `There is no knowledge base named "${idOrName}"; "llmops kb list" shows them.`
      : `Several knowledge bases are named "${idOrName}": give an id, ${named.map(({ id }) => id).join(' or ')}.`,
  );
}
