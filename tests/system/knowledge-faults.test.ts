import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@llmops/testing';
import { beforeAll, expect, test } from 'vitest';
import { addTexts, createKnowledgeBase, llmops, retrievalRows, storyTexts, untilIndexed } from './support/knowledge.ts';
import { allReady, kill, projectId as project } from './support/platform.ts';

beforeAll(() => allReady());

/** Every document ended, none of its chunks is there twice, and each is found. */
async function eachOnce(knowledgeBase: string, documents: number): Promise<void> {
  const { documents: counts } = await untilIndexed(knowledgeBase);
  expect(counts).toMatchObject({ total: BigInt(documents), indexed: BigInt(documents), failed: 0n });
  const [row] = await retrievalRows<{
    documents: number;
    chunks: number;
    places: number;
    vectors: number;
    models: number;
  }>(
    `with live as (select live_index_version id from retrieval.knowledge_bases where id = $1),
      mine as (select c.* from retrieval.chunks c join live on c.index_version_id = live.id)
     select (select count(distinct document_id)::int from mine) documents,
      (select count(*)::int from mine) chunks,
      (select count(*)::int from (select distinct document_id, position from mine) p) places,
      (select count(*)::int from retrieval.vectors v join mine on v.chunk_ordinal = mine.ordinal) vectors,
      (select jsonb_array_length(models) from retrieval.index_versions i join live on i.id = live.id) models`,
    [knowledgeBase],
  );
  expect(row).toMatchObject({ documents, chunks: row!.places, vectors: row!.chunks * row!.models });
  const { results } = await llmops.search.search({ project, knowledgeBase, query: 'river stone story', k: 1000 });
  expect(new Set(results.map(({ document }) => document)).size).toBe(documents);
}

const inTheMiddle = (knowledgeBase: string) =>
  until(async () => {
    const { documents } = await llmops.knowledgeBases.getKnowledgeBase({ project, knowledgeBase });
    return documents && documents.indexed > 0n && documents.pending > 0n;
  }, 60_000);

test.each(['retrieval', 'inference', 'postgres', 'nats'])(
  '%s killed while documents are indexed: each ends indexed, once',
  async (service) => {
    const knowledgeBase = await createKnowledgeBase(`killed ${service}`);
    await addTexts(knowledgeBase, storyTexts(60, service));
    await inTheMiddle(knowledgeBase);
    await kill(service);
    await sleep(500);
    await allReady(120_000);
    await eachOnce(knowledgeBase, 60);
    await llmops.knowledgeBases.deleteKnowledgeBase({ project, knowledgeBase });
  },
  300_000,
);
