import type { MessageInitShape } from '@bufbuild/protobuf';
import type { BuildContextResponseSchema } from '@llmops/contracts/retrieval/v1/search';
import type { PackedPassage } from '../../context/index.ts';
import type { BuiltContext, ContextPassage } from './build-context.ts';
import { toSearchResponse } from './to-search-response.ts';

export const toBuildContextResponse = (built: BuiltContext): MessageInitShape<typeof BuildContextResponseSchema> => ({
  citations: built.passages.map((passage) => toCitation(passage, built.search.target.knowledgeBaseId)),
  systemPrompt: built.systemPrompt,
  refused: built.refused,
  support: built.search.support,
  contextTokens: built.contextTokens,
  search: toSearchResponse(built.search, { includeArms: false }),
  rewrittenQuery: built.rewrittenQuery,
});

function toCitation(passage: PackedPassage<ContextPassage>, knowledgeBase: string) {
  const { hit } = passage.best;
  const parts = passage.parts.map((part) => part.hit.chunk).sort((one, other) => one.start - other.start);
  return {
    number: passage.number,
    knowledgeBase,
    document: hit.chunk.documentId,
    documentName: hit.chunk.documentName,
    uri: hit.chunk.uri,
    title: hit.chunk.title,
    chunk: hit.chunk.id,
    headingPath: hit.chunk.headingPath,
    text: passage.text,
    start: passage.start,
    end: passage.end,
    page: parts[0]!.page,
    regions: parts.flatMap(({ regions }) => regions),
    score: hit.score,
    mediaType: hit.chunk.mediaType,
    suspicious: passage.suspicious,
  };
}
