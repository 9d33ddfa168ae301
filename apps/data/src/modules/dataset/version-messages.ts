import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import {
  DataFormat,
  type DatasetSchema,
  DatasetVersion_Verdict,
  type DatasetVersionSchema,
  RowShape as Shape,
} from '@llmops/contracts/data/v1/dataset';
import type { FileFormat } from '../../formats/index.ts';
import type { RowShape } from '../../shapes/index.ts';
import type { DatasetWithLatest } from './dataset.repository.ts';
import type { TaggedVersion, Verdict } from './version.repository.ts';

const formats: Record<FileFormat, DataFormat> = {
  jsonl: DataFormat.JSONL,
  json: DataFormat.JSON,
  csv: DataFormat.CSV,
  tsv: DataFormat.TSV,
  parquet: DataFormat.PARQUET,
  arrow: DataFormat.ARROW,
  text: DataFormat.TEXT,
};

const shapes: Record<RowShape, Shape> = {
  table: Shape.TABLE,
  openai_chat: Shape.OPENAI_CHAT,
  sharegpt: Shape.SHAREGPT,
  alpaca: Shape.ALPACA,
  preference: Shape.PREFERENCE,
  qa: Shape.QA,
  text: Shape.TEXT,
};

const verdictOf: Record<Verdict, DatasetVersion_Verdict> = {
  '': DatasetVersion_Verdict.UNSPECIFIED,
  passed: DatasetVersion_Verdict.PASSED,
  warned: DatasetVersion_Verdict.WARNED,
  blocked: DatasetVersion_Verdict.BLOCKED,
};

export const toFormat = (format: FileFormat | ''): DataFormat =>
  format === '' ? DataFormat.UNSPECIFIED : formats[format];
export const toShape = (shape: RowShape): Shape => shapes[shape];

/** Undefined for "not set". */
export const fromFormat = (format: DataFormat): FileFormat | undefined =>
  (Object.keys(formats) as FileFormat[]).find((name) => formats[name] === format);
export const fromShape = (shape: Shape): RowShape | undefined =>
  (Object.keys(shapes) as RowShape[]).find((name) => shapes[name] === shape);

export const toDataset = (row: DatasetWithLatest): MessageInitShape<typeof DatasetSchema> => ({
  id: row.id,
  displayName: row.displayName,
  description: row.description,
  latestVersion: row.latest?.id ?? '',
  latestRows: BigInt(row.latest?.rowCount ?? 0),
  latestShape: row.latest ? shapes[row.latest.shape as RowShape] : Shape.UNSPECIFIED,
  versionCount: row.versionCount,
  createTime: timestampFromDate(row.createTime),
  updateTime: timestampFromDate(row.updateTime),
  createdBy: row.createdBy,
});

export const toVersion = (row: TaggedVersion): MessageInitShape<typeof DatasetVersionSchema> => ({
  id: row.id,
  dataset: row.datasetId,
  number: row.number,
  digest: row.digest,
  rowCount: BigInt(row.rowCount),
  sizeBytes: BigInt(row.sizeBytes),
  addedBytes: BigInt(row.addedBytes),
  shape: shapes[row.shape],
  format: toFormat(row.format),
  schemaJson: JSON.stringify(row.schema),
  columns: row.columns,
  splits: row.splits.map(({ name, rowCount }) => ({ name, rowCount: BigInt(rowCount) })),
  tags: row.tags,
  lineage: row.lineage,
  verdict: verdictOf[row.verdict],
  message: row.message,
  createTime: timestampFromDate(row.createTime),
  createdBy: row.createdBy,
});
