export const PARSE_FAILURE_CODES = [
  'encrypted',
  'scanned_no_text',
  'no_text',
  'corrupt',
  'unsupported_type',
  'too_large',
  'zip_bomb',
  'xml_bomb',
  'timeout',
  'out_of_memory',
  'crashed',
] as const;

export type ParseFailureCode = (typeof PARSE_FAILURE_CODES)[number];

/** The document cannot be read; the same file will fail the same way again. */
export class ParseFailure extends Error {
  override readonly name = 'ParseFailure';
  readonly code: ParseFailureCode;
  /** A sentence for the person who gave us the file. */
  readonly reason: string;

  constructor(code: ParseFailureCode, reason: string) {
    super(reason);
    this.code = code;
    this.reason = reason;
  }
}
