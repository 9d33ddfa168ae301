import { Document_State } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { allPages, collect } from '../../api/all-pages.ts';
import type { Connection } from '../../api/connect.ts';

/** The documents that could not be indexed, with their reasons. */
export async function listFailed({ llmops, project }: Connection, knowledgeBase: string) {
  const documents = allPages(
    (pageToken) =>
      llmops.documents.listDocuments({
        project,
        knowledgeBase,
        state: Document_State.FAILED,
        pageSize: 200,
        pageToken,
      }),
    (page) => page.documents,
  );
  const failed = await collect(documents);
  return failed.map(({ id, displayName, errorCode, errorMessage }) => ({
    id,
    name: displayName,
    code: errorCode,
    message: errorMessage,
  }));
}
