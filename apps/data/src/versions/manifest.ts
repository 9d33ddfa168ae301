import { canonicalJson } from './canonical-json.ts';
import { sha256Of } from './chunk-object.ts';
import type { JsonSchema } from './infer-schema.ts';

/** A part of a version: an object of rows, one line each. */
export interface ChunkRef {
  sha256: string;
  rows: number;
  /** Of the rows as lines of JSON. */
  bytes: number;
}

export interface VersionContent {
  chunks: readonly ChunkRef[];
  schema: JsonSchema;
  keyColumns: readonly string[];
  /** The object that holds each row's split. */
  splitObject?: string | undefined;
  splitNames: readonly string[];
}

/** Two versions with the same digest have the same rows in the same order, schema and splits. */
export const digestOf = ({ chunks, schema, keyColumns, splitObject, splitNames }: VersionContent): string =>
  sha256Of(
    Buffer.from(
      canonicalJson({ chunks, schema, keyColumns, splits: { object: splitObject ?? '', names: splitNames } }),
    ),
  );
