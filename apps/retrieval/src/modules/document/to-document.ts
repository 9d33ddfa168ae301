import type { JsonObject } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { Document_State } from '@llmops/contracts/retrieval/v1/knowledge_base';
import type { DocumentView, IndexState } from './document.repository.ts';

const states: Record<IndexState, Document_State> = {
  pending: Document_State.PENDING,
  parsing: Document_State.PARSING,
  chunking: Document_State.CHUNKING,
  embedding: Document_State.EMBEDDING,
  writing: Document_State.WRITING,
  deleting: Document_State.PENDING,
  indexed: Document_State.INDEXED,
  failed: Document_State.FAILED,
};

export const toDocument = (row: DocumentView) => ({
  id: row.id,
  knowledgeBase: row.knowledgeBaseId,
  displayName: row.displayName,
  uri: row.uri,
  mediaType: row.mediaType,
  sizeBytes: BigInt(row.sizeBytes),
  sha256: row.sha256,
  state: states[row.state ?? 'pending'],
  errorCode: row.errorCode ?? '',
  errorMessage: row.errorMessage ?? '',
  pageCount: row.pageCount,
  chunkCount: row.chunkCount ?? 0,
  metadata: row.metadata as JsonObject,
  acl: row.acl,
  source: row.source ?? '',
  warnings: row.warnings,
  createTime: timestampFromDate(row.createTime),
  updateTime: timestampFromDate(row.updateTime),
  ...(row.indexTime && { indexTime: timestampFromDate(row.indexTime) }),
  title: row.title,
  language: row.language,
});

/** Undefined for all. */
export function fromState(state: Document_State): IndexState[] | undefined {
  if (state === Document_State.UNSPECIFIED) return undefined;
  return (Object.keys(states) as IndexState[]).filter((each) => states[each] === state && each !== 'deleting');
}
