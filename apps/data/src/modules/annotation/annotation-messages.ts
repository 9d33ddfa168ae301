import { fromJson, type MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import {
  type AgreementSchema,
  AnnotationItem_State,
  type AnnotationItemSchema,
  type AnnotationQueueSchema,
  LabelDefinitionSchema,
  LabelSchema,
} from '@llmops/contracts/data/v1/annotation';
import type { LabelAgreement } from '../../labels/index.ts';
import type { ItemRow, ItemWithLabels } from './item.repository.ts';
import type { QueueView } from './manage-queues.ts';

const states: Record<ItemRow['state'], AnnotationItem_State> = {
  pending: AnnotationItem_State.PENDING,
  disputed: AnnotationItem_State.DISPUTED,
  done: AnnotationItem_State.DONE,
  skipped: AnnotationItem_State.SKIPPED,
};

export const stateOf = (state: AnnotationItem_State): ItemRow['state'] | undefined =>
  (Object.keys(states) as ItemRow['state'][]).find((name) => states[name] === state);

export const toQueue = ({ queue, counts }: QueueView): MessageInitShape<typeof AnnotationQueueSchema> => ({
  id: queue.id,
  displayName: queue.displayName,
  instructions: queue.instructions,
  schema: fromJson(LabelDefinitionSchema, queue.schema, { ignoreUnknownFields: true }),
  annotatorsPerItem: queue.annotatorsPerItem,
  pendingCount: BigInt(counts.pending ?? 0),
  disputedCount: BigInt(counts.disputed ?? 0),
  doneCount: BigInt(counts.done ?? 0),
  skippedCount: BigInt(counts.skipped ?? 0),
  createTime: timestampFromDate(queue.createTime),
  createdBy: queue.createdBy,
});

export const toItem = (item: ItemWithLabels): MessageInitShape<typeof AnnotationItemSchema> => ({
  id: item.id,
  queue: item.queueId,
  state: states[item.state],
  contentJson: item.content,
  datasetVersion: item.datasetVersion,
  rowId: item.rowId,
  traceId: item.traceId,
  assignees: item.assignees,
  annotations: item.annotations.map(({ annotator, label, createTime, durationMs }) => ({
    annotator,
    label: fromJson(LabelSchema, label, { ignoreUnknownFields: true }),
    createTime: timestampFromDate(createTime),
    durationMs: BigInt(durationMs),
  })),
  resultJson: item.result ? JSON.stringify(item.result) : '',
  adjudicatedBy: item.adjudicatedBy,
  swapped: item.swapped,
  createTime: timestampFromDate(item.createTime),
});

export const toAgreement = (agreement: LabelAgreement): MessageInitShape<typeof AgreementSchema> => ({
  items: BigInt(agreement.items),
  observed: agreement.observed,
  ...(agreement.cohenKappa === undefined ? {} : { cohenKappa: agreement.cohenKappa }),
  ...(agreement.alpha && {
    krippendorffAlpha: agreement.alpha.estimate,
    ...(agreement.alpha.low === undefined ? {} : { alphaLow: agreement.alpha.low }),
    ...(agreement.alpha.high === undefined ? {} : { alphaHigh: agreement.alpha.high }),
  }),
  pairs: agreement.pairs.map(({ first, second, items, observed, kappa }) => ({
    first,
    second,
    items: BigInt(items),
    observed,
    ...(kappa === undefined ? {} : { kappa }),
  })),
});
