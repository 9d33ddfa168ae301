/** A table that a query sees: chunk files of rows, `{"id":…,"row":{…}}` a line, zstd. */
export interface RowTable {
  /** Absolute paths. None makes an empty table. */
  files: readonly string[];
  columns: readonly RowColumn[];
}

export interface RowColumn {
  name: string;
  /** `json` holds whatever has no one simple type: nested values, mixed ones. */
  type: 'string' | 'integer' | 'number' | 'boolean' | 'json';
}

export interface QueryLimits {
  /** From the start of the process to its last row; it is killed then. */
  timeoutMs: number;
  /** Of DuckDB; what does not fit is spilled to a temporary folder. */
  memoryMb: number;
  /** A result with more rows fails. */
  maxRows: number;
}

/** What the child is given on its standard input, as one JSON document. */
export type ChildRequest = SqlRequest | ArrowRequest;

/** The rows of an Arrow file or stream: not DuckDB's work, and as much in need of a process of its own. */
export interface ArrowRequest {
  task: 'arrow';
  path: string;
}

export interface SqlRequest {
  task: 'sql';
  memoryMb: number;
  maxRows: number;
  tempDir: string;
  /** The only files that SQL can reach. */
  allowedPaths: readonly string[];
  /** Ours, run before the configuration is locked. */
  setup: readonly string[];
  sql: string;
  /** `user`: one SELECT and nothing else. `ours`: any one statement. */
  trust: 'user' | 'ours';
}

/** A failed query, as the child tells it. */
export interface ChildError {
  /** `sql`: the statement's fault. `rows`: more than `maxRows`. `data`: a file cannot be read. */
  kind: 'sql' | 'rows' | 'data';
  message: string;
}

/** The first character of each line that the child writes. */
export const lineTag = { columns: 'C', row: 'R', error: 'E', done: 'D' } as const;
