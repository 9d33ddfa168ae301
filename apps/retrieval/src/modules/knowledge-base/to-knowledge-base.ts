import { fromJson, type JsonObject } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { SearchSettingsSchema } from '@llmops/contracts/retrieval/v1/knowledge_base';
import type { VersionCounts } from '../index-version/index.ts';
import type { KnowledgeBaseView } from './get-knowledge-base.ts';

export const toKnowledgeBase = ({ row, counts, chunkCount }: KnowledgeBaseView) => ({
  id: row.id,
  displayName: row.displayName,
  description: row.description,
  searchSettings: fromJson(SearchSettingsSchema, row.searchSettings as JsonObject),
  liveIndexVersion: row.liveIndexVersion,
  previousIndexVersion: row.previousIndexVersion ?? '',
  documents: toCounts(counts),
  chunkCount: BigInt(chunkCount),
  sources: row.sources,
  alarm: row.alarm,
  createTime: timestampFromDate(row.createTime),
  updateTime: timestampFromDate(row.updateTime),
  createdBy: row.createdBy,
});

export const toCounts = ({ total, pending, indexed, failed }: VersionCounts) => ({
  total: BigInt(total),
  pending: BigInt(pending),
  indexed: BigInt(indexed),
  failed: BigInt(failed),
});
