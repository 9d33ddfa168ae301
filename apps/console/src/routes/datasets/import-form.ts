import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  DataFormat,
  type ImportInputSchema,
  type ImportVersionRequestSchema,
  RowShape,
} from '@llmops/contracts/data/v1/dataset';
import { parseSplits } from './split-rules.ts';

export interface ImportForm {
  displayName: string;
  keyColumns: string[];
  inferTypes: boolean;
  shape: RowShape;
  splits: string;
  stratifyBy: string;
  groupBy: string;
  message: string;
  /** Of a source's files, `*.csv`. */
  paths: string;
}

export const emptyImport: ImportForm = {
  displayName: '',
  keyColumns: [],
  inferTypes: true,
  shape: RowShape.UNSPECIFIED,
  splits: '',
  stratifyBy: '',
  groupBy: '',
  message: '',
  paths: '',
};

export interface ImportFrom {
  upload?: string | undefined;
  source?: string | undefined;
}

type Input = MessageInitShape<typeof ImportInputSchema>;

/** Where rows come from and how they are read; undefined while there is nothing to read. */
export function importInput(form: ImportForm, { upload, source }: ImportFrom): Input | undefined {
  const read = { keyColumns: form.keyColumns, inferTypes: form.inferTypes };
  if (upload) return { ...read, origin: { case: 'upload', value: upload } };
  if (source) return { ...read, origin: { case: 'source', value: { source, paths: lines(form.paths) } } };
  return undefined;
}

/** The rest of an import. Throws an Error where the splits cannot be read. */
export function importSettings(
  form: ImportForm,
): Omit<MessageInitShape<typeof ImportVersionRequestSchema>, 'project' | 'dataset' | 'input' | '$typeName'> {
  const { shape, message, stratifyBy, groupBy } = form;
  const splits = parseSplits(form.splits);
  return { shape, message, splits, ...(splits.length > 0 && { splitOptions: { stratifyBy, groupBy } }) };
}

/** Whether values of this format are text unless types are asked for. */
export const isTextTable = (format: DataFormat): boolean => format === DataFormat.CSV || format === DataFormat.TSV;

/** A file's name as a dataset's: `orders-2026.csv.gz` is `orders-2026`. */
export const nameOfFile = (fileName: string): string => fileName.replace(/(\.[a-z0-9]{1,8}){1,2}$/i, '') || fileName;

/** Entries of a text, one a line or apart by commas. */
export const lines = (text: string): string[] =>
  text
    .split(/[\n,]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
