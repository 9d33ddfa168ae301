import type { JsonObject, MessageInitShape } from '@bufbuild/protobuf';
import type { ChunkSchema } from '@llmops/contracts/retrieval/v1/knowledge_base';
import type { SearchResponseSchema } from '@llmops/contracts/retrieval/v1/search';
import type { FoundChunk } from './candidate.repository.ts';
import type { ArmReport, SearchHit, SearchOutcome } from './search-input.ts';

export const toSearchResponse = (
  outcome: SearchOutcome,
  { includeArms }: { includeArms: boolean },
): MessageInitShape<typeof SearchResponseSchema> => ({
  results: outcome.hits.map(toResult),
  indexVersion: outcome.target.indexVersionId,
  indexDigest: outcome.target.digest,
  indexRevision: BigInt(outcome.target.revision),
  arms: outcome.arms.map((arm) => toArm(arm, includeArms)),
  timings: outcome.timings,
  fusion: outcome.fusion,
  reranker: outcome.reranker,
  support: outcome.support,
  matchingChunks: BigInt(outcome.matchingChunks),
});

const toArm = ({ name, used, note, plan, durationMs, found }: ArmReport, isListed: boolean) => ({
  name,
  used,
  note,
  plan,
  durationMs,
  candidates: found.length,
  results: isListed
    ? found.map(({ id, documentId, score }, i) => ({ chunk: id, document: documentId, rank: i + 1, score }))
    : [],
});

const toResult = (hit: SearchHit, index: number) => ({
  rank: index + 1,
  score: hit.score,
  chunk: toChunk(hit.chunk),
  text: hit.text,
  start: hit.start,
  end: hit.end,
  armScores: hit.armScores,
  document: hit.chunk.documentId,
  documentName: hit.chunk.documentName,
  uri: hit.chunk.uri,
  title: hit.chunk.title,
  metadata: hit.chunk.metadata as JsonObject,
  mediaType: hit.chunk.mediaType,
  features: hit.features,
  matchedTerms: hit.matchedTerms,
});

const toChunk = (chunk: FoundChunk): MessageInitShape<typeof ChunkSchema> => ({
  id: chunk.id,
  document: chunk.documentId,
  ordinal: chunk.position,
  text: chunk.text,
  headingPath: chunk.headingPath,
  start: chunk.start,
  end: chunk.end,
  page: chunk.page,
  pageEnd: chunk.pageEnd,
  regions: chunk.regions,
  tokens: chunk.tokens,
  kind: chunk.kind,
  parentStart: chunk.parentStart,
  parentEnd: chunk.parentEnd,
});
