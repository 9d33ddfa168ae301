import type { DocumentCounts } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { sleep } from '@llmops/embedded';
import type { Connection } from '../../api/connect.ts';
import type { Progress } from '../../output/progress.ts';

const pollMs = 500;

/** Waits until every document of a knowledge base is indexed or has failed. */
export async function waitIndexed(
  { llmops, project }: Connection,
  knowledgeBase: string,
  progress?: Progress,
  signal?: AbortSignal,
): Promise<DocumentCounts> {
  for (;;) {
    signal?.throwIfAborted();
    const { documents } = await llmops.knowledgeBases.getKnowledgeBase({ project, knowledgeBase });
    const { total = 0n, pending = 0n, failed = 0n } = documents ?? {};
    progress?.at(Number(total - pending), Number(total), failed > 0n ? `${failed} failed` : '');
    if (documents && pending === 0n) {
      progress?.end();
      return documents;
    }
    await sleep(pollMs);
  }
}
