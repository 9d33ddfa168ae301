/**
 * - `corrupt_segment`: the bytes are not a whole segment as it was written: cut, changed, or of something else
 * - `unsupported_format`: a segment of a format version that this build cannot read
 * - `analyzer_mismatch`: segments of different analyzers cannot be searched or merged together
 * - `duplicate_ordinal`: two documents have the same ordinal
 * - `invalid_document`: an ordinal is not a whole number from 0 to 2^40
 * - `invalid_option`: a parameter is out of its range
 */
export type LexicalErrorCode =
  | 'corrupt_segment'
  | 'unsupported_format'
  | 'analyzer_mismatch'
  | 'duplicate_ordinal'
  | 'invalid_document'
  | 'invalid_option';

/** What the lexical engine refuses; the message names the segment's part, the document or the option. */
export class LexicalError extends Error {
  override readonly name = 'LexicalError';
  readonly code: LexicalErrorCode;

  constructor(code: LexicalErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
