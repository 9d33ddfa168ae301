import { createLlmops } from '@llmops/sdk';
import { until } from '@llmops/testing';
import pg from 'pg';
import { databaseUrl } from './database.ts';
import { apiKey, baseUrl, projectId } from './platform.ts';

export const llmops = createLlmops({ baseUrl, apiKey });

/** A new, empty knowledge base. */
export async function createKnowledgeBase(displayName: string): Promise<string> {
  return (await llmops.knowledgeBases.createKnowledgeBase({ project: projectId, displayName })).id;
}

export interface TextDocument {
  uri: string;
  text: string;
}

export async function addTexts(knowledgeBase: string, documents: readonly TextDocument[]): Promise<void> {
  await llmops.documents.batchCreateDocuments({
    project: projectId,
    knowledgeBase,
    documents: documents.map(({ uri, text }) => ({
      displayName: uri,
      uri,
      content: { case: 'text' as const, value: text },
      mediaType: 'text/plain',
    })),
  });
}

/** Until every document is searchable or has failed; services may be away meanwhile. */
export const untilIndexed = (knowledgeBase: string, timeoutMs = 180_000) =>
  until(async () => {
    const found = await llmops.knowledgeBases
      .getKnowledgeBase({ project: projectId, knowledgeBase })
      .catch(() => undefined);
    return found?.documents && found.documents.total > 0n && found.documents.pending === 0n ? found : undefined;
  }, timeoutMs);

export const liveIndex = (knowledgeBase: string) =>
  llmops.indexVersions.getIndexVersion({ project: projectId, knowledgeBase, indexVersion: 'live' });

/** Rows of the service's own tables, behind its back. */
export async function retrievalRows<T extends pg.QueryResultRow>(sql: string, values: unknown[]): Promise<T[]> {
  const client = new pg.Client({ connectionString: await databaseUrl() });
  await client.connect();
  try {
    return (await client.query<T>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

const words =
  'river stone light engine market garden winter paper signal harbour copper music valley thread winter'.split(' ');

/** Texts of some hundred words, each with a number of its own that a search finds. */
export const storyTexts = (count: number, prefix: string, sentences = 12): TextDocument[] =>
  Array.from({ length: count }, (_, n) => ({
    uri: `${prefix}-${n}`,
    text: Array.from({ length: sentences }, (_unused, s) => {
      const pick = (k: number) => words[(n * 7 + s * 5 + k * 3) % words.length];
      return `The ${pick(0)} of item ${prefix}${n} met the ${pick(1)} near the ${pick(2)} in part ${s} of its story.`;
    }).join(' '),
  }));
