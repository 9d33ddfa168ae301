import { fromJson, type JsonObject } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import {
  type IndexSettings,
  IndexVersion_State,
  RecallProbeSchema,
} from '@llmops/contracts/retrieval/v1/knowledge_base';
import type { IndexVersionView, WantedSettings } from '../index-version/index.ts';
import { toCounts } from './to-knowledge-base.ts';

const states = {
  building: IndexVersion_State.BUILDING,
  ready: IndexVersion_State.READY,
  failed: IndexVersion_State.FAILED,
  deleting: IndexVersion_State.DELETING,
};

export const toIndexVersion = ({ row, live, counts, sizeBytes }: IndexVersionView) => ({
  id: row.id,
  knowledgeBase: row.knowledgeBaseId,
  number: row.number,
  digest: row.digest,
  settings: row.settings,
  embeddingModels: row.models,
  state: live && row.state === 'ready' ? IndexVersion_State.LIVE : states[row.state],
  documents: toCounts(counts),
  chunkCount: BigInt(row.chunkCount),
  embeddedChunks: BigInt(row.embeddedChunks),
  reusedChunks: BigInt(row.reusedChunks),
  sizeBytes: BigInt(sizeBytes),
  ...(row.probe && { lastProbe: fromJson(RecallProbeSchema, row.probe as JsonObject) }),
  error: row.error,
  createTime: timestampFromDate(row.createTime),
  ...(row.readyTime && { readyTime: timestampFromDate(row.readyTime) }),
  createdBy: row.createdBy,
  revision: BigInt(row.revision),
});

export const fromSettings = (settings: IndexSettings | undefined): WantedSettings => ({
  embeddingModels: settings?.embeddingModels ?? [],
  chunker: {
    maxTokens: settings?.chunker?.maxTokens ?? 0,
    overlapTokens: settings?.chunker?.overlapTokens,
    parentTokens: settings?.chunker?.parentTokens ?? 0,
  },
  noLexical: settings?.noLexical ?? false,
});
