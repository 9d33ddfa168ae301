/** A row: a JSON object. */
export type JsonRow = Record<string, unknown>;

export interface ParsedRow {
  row: JsonRow;
  /** Where it stands in its file, from 1: the line of text formats, else the row. */
  place: number;
}

/** A file on this machine that rows are read from. */
export interface LocalFile {
  /** As its owner calls it: decides where content leaves the format open, and is named in errors. */
  name: string;
  path: string;
}

export type FileFormat = 'jsonl' | 'json' | 'csv' | 'tsv' | 'parquet' | 'arrow' | 'text';

/** How a file is to be read; what is absent is detected. */
export interface ReadOptions {
  format?: FileFormat | undefined;
  /** A label of the WHATWG encoding standard: `utf-8`, `gbk`. */
  encoding?: string | undefined;
  delimiter?: string | undefined;
  /** Of CSV: columns that hold nothing but numbers, or nothing but true and false, become those. */
  inferTypes?: boolean | undefined;
  /** Of text: one row a file. */
  wholeFiles?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

export const limits = {
  /** Of a row as JSON text; a batch of rows must fit into a message between services. */
  rowBytes: 4 << 20,
  /** Objects and arrays in each other. */
  depth: 64,
  /** Of one element of a JSON file before it is taken apart (an article of a QA set). */
  elementBytes: 32 << 20,
  columns: 5_000,
  /** What a compressed file may unpack to. */
  unpackedBytes: 20 * 2 ** 30,
} as const;
