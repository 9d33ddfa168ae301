import type { MessageInitShape } from '@bufbuild/protobuf';
import { type Timestamp, timestampDate } from '@bufbuild/protobuf/wkt';
import {
  Change_Kind,
  type DeriveVersionRequest,
  type DiffVersionsResponseSchema,
  type ImportInput,
  type PreviewImportResponseSchema,
  type RowSchema,
  type SplitOptions,
  type SplitRule,
} from '@llmops/contracts/data/v1/dataset';
import { importInvalid } from './dataset.errors.ts';
import type { Derivation, RowEdit } from './derive-version.ts';
import type { ChangeKind, ShownDiff } from './diff-versions.ts';
import type { ImportSettings, OriginRequest } from './import-version.ts';
import type { ImportPreview } from './preview-import.ts';
import type { SplitRequest } from './split-plan.ts';
import { fromFormat, fromShape, toFormat, toShape } from './version-messages.ts';

const changeKinds: Record<ChangeKind, Change_Kind> = {
  added: Change_Kind.ADDED,
  removed: Change_Kind.REMOVED,
  changed: Change_Kind.CHANGED,
};

export const fromChangeKind = (kind: Change_Kind): ChangeKind | undefined =>
  (Object.keys(changeKinds) as ChangeKind[]).find((name) => changeKinds[name] === kind);

export function fromImportInput(input: ImportInput | undefined): ImportSettings & { origin: OriginRequest } {
  if (!input) throw importInvalid('input', 'is required');
  const { format, encoding, delimiter, keyColumns, inferTypes, wholeFiles, origin } = input;
  return {
    origin: fromOrigin(origin),
    format: fromFormat(format),
    encoding,
    delimiter,
    keyColumns,
    inferTypes,
    wholeFiles,
  };
}

function fromOrigin(origin: ImportInput['origin']): OriginRequest {
  switch (origin.case) {
    case 'upload':
      return { kind: 'upload', upload: origin.value };
    case 'source':
      return { kind: 'source', source: origin.value.source, paths: origin.value.paths };
    case 'inline':
      return { kind: 'rows', rowsJson: origin.value.rowsJson };
    case 'traces': {
      const { startTime, endTime, model, query, failedOnly, maxRows } = origin.value;
      const iso = (time: Timestamp | undefined): string => (time ? timestampDate(time).toISOString() : '');
      return { kind: 'traces', startTime: iso(startTime), endTime: iso(endTime), model, query, failedOnly, maxRows };
    }
    default:
      throw importInvalid('input', 'name an upload, a source or traces, or give rows');
  }
}

export const fromSplits = (rules: SplitRule[], options: SplitOptions | undefined): SplitRequest => ({
  rules,
  seed: options?.seed ?? 0n,
  stratifyBy: options?.stratifyBy ?? '',
  groupBy: options?.groupBy ?? '',
});

export function fromDerive(request: DeriveVersionRequest): Derivation {
  const { parents, where, select, distinctOn, message } = request;
  return {
    parents,
    where,
    select,
    edits: request.edits.flatMap(({ edit }): RowEdit[] => {
      if (edit.case === 'addJson') return [{ kind: 'add', json: edit.value }];
      if (edit.case === 'replace') return [{ kind: 'replace', id: edit.value.id, json: edit.value.rowJson }];
      return edit.case === 'delete' ? [{ kind: 'delete', id: edit.value }] : [];
    }),
    distinctOn,
    sampleRows: Number(request.sampleRows),
    seed: String(request.seed),
    shape: fromShape(request.shape),
    message,
  };
}

export const toRow = (row: {
  id: string;
  index: number;
  json: string;
  split?: string;
}): MessageInitShape<typeof RowSchema> => ({
  id: row.id,
  index: BigInt(row.index),
  json: row.json,
  split: row.split ?? '',
});

export const toPreview = (preview: ImportPreview): MessageInitShape<typeof PreviewImportResponseSchema> => ({
  format: toFormat(preview.detected?.format ?? ''),
  shape: toShape(preview.shape),
  encoding: preview.detected?.encoding ?? '',
  delimiter: preview.detected?.delimiter ?? '',
  schemaJson: JSON.stringify(preview.schema),
  columns: preview.columns,
  rows: preview.rows.map(toRow),
  errors: preview.errors.map(({ place, reason }) => ({
    file: place.file,
    row: BigInt(place.row ?? 0),
    column: place.column ?? '',
    message: reason,
  })),
});

export const toDiff = (diff: ShownDiff): MessageInitShape<typeof DiffVersionsResponseSchema> => ({
  base: diff.base,
  version: diff.version,
  added: BigInt(diff.added),
  removed: BigInt(diff.removed),
  changed: BigInt(diff.changed),
  unchanged: BigInt(diff.unchanged),
  changes: diff.changes.map(({ kind, ...change }) => ({ ...change, kind: changeKinds[kind] })),
  nextPageToken: diff.nextPageToken,
  schemaChanges: diff.schemaChanges,
});
