/**
 * - `stats.malformed_line`: a line of a file is not of its format; `line` says which
 * - `stats.duplicate_document`: a document is named twice for one query
 * - `stats.invalid_score`: a score or a value is not a finite number
 * - `stats.unknown_measure`: no measure has that name
 * - `stats.no_judged_query`: nothing to average, no query has both results and judgements
 * - `stats.invalid_option`: a parameter is out of its range
 * - `stats.too_few_values`: an interval needs two values at least
 * - `stats.no_variation`: all values are the same, the statistic is not defined
 */
export type StatsErrorCode =
  | 'stats.malformed_line'
  | 'stats.duplicate_document'
  | 'stats.invalid_score'
  | 'stats.unknown_measure'
  | 'stats.no_judged_query'
  | 'stats.invalid_option'
  | 'stats.too_few_values'
  | 'stats.no_variation';

/** Input that cannot be computed with; the message names the query, document or line. */
export class StatsError extends Error {
  override readonly name = 'StatsError';
  readonly code: StatsErrorCode;
  /** 1-based line of the file, when the input was one. */
  readonly line: number | undefined;

  constructor(code: StatsErrorCode, message: string, line?: number) {
    super(line === undefined ? message : `line ${line}: ${message}`);
    this.code = code;
    this.line = line;
  }
}
