import { fromJson, type MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import {
  SourceConfigSchema,
  SourceItem_State,
  type SourceItemSchema,
  type SourceSchema,
  type SourceSyncSchema,
} from '@llmops/contracts/data/v1/source';
import { Job_State } from '@llmops/contracts/jobs/v1/job';
import type { JobProgress } from '../job/index.ts';
import type { SourceView } from './read-sources.ts';
import type { SyncRow } from './source.repository.ts';
import type { ItemRow } from './source-item.repository.ts';

const jobStates: Record<SyncRow['state'], Job_State> = {
  queued: Job_State.QUEUED,
  running: Job_State.RUNNING,
  succeeded: Job_State.SUCCEEDED,
  failed: Job_State.FAILED,
  cancelled: Job_State.CANCELLED,
};

const itemStates: Record<ItemRow['state'], SourceItem_State> = {
  present: SourceItem_State.PRESENT,
  removed: SourceItem_State.REMOVED,
  failed: SourceItem_State.FAILED,
};

export const itemStateOf = (state: SourceItem_State): ItemRow['state'] | undefined =>
  (Object.keys(itemStates) as ItemRow['state'][]).find((name) => itemStates[name] === state);

export function toSource({ source, totals, lastSync }: SourceView): MessageInitShape<typeof SourceSchema> {
  return {
    id: source.id,
    displayName: source.displayName,
    config: fromJson(SourceConfigSchema, source.config, { ignoreUnknownFields: true }),
    syncIntervalMinutes: source.syncIntervalMinutes,
    itemCount: BigInt(totals.items),
    sizeBytes: BigInt(totals.bytes),
    ...(lastSync ? { lastSync: toSync(lastSync) } : {}),
    ...(source.nextSyncTime ? { nextSyncTime: timestampFromDate(source.nextSyncTime) } : {}),
    createTime: timestampFromDate(source.createTime),
    createdBy: source.createdBy,
  };
}

export function toSync(row: SyncRow): MessageInitShape<typeof SourceSyncSchema> {
  const { error } = row.progress as JobProgress;
  const failure = error ?? { code: 'platform.internal', message: row.jobError ?? '' };
  return {
    id: row.id,
    source: row.sourceId,
    state: jobStates[row.state],
    added: BigInt(row.added),
    changed: BigInt(row.changed),
    removed: BigInt(row.removed),
    unchanged: BigInt(row.unchanged),
    failed: BigInt(row.failed),
    readBytes: BigInt(row.readBytes),
    ...(row.state === 'failed' ? { error: failure } : {}),
    startTime: timestampFromDate(row.startTime),
    ...(row.endTime ? { endTime: timestampFromDate(row.endTime) } : {}),
    revision: row.revision,
  };
}

export const toItem = (row: ItemRow): MessageInitShape<typeof SourceItemSchema> => ({
  id: row.id,
  path: row.path,
  mediaType: row.mediaType,
  sizeBytes: BigInt(row.sizeBytes),
  sha256: row.sha256 ?? '',
  sync: row.changeSync,
  state: itemStates[row.state],
  error: row.error,
  ...(row.modifyTime ? { modifyTime: timestampFromDate(row.modifyTime) } : {}),
  acl: row.acl,
  title: row.title,
});
