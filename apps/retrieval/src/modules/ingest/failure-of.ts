import { type AppError, isAppError } from '@llmops/platform/errors';
import { ParseFailure } from '../../parsing/index.ts';
import { isPassing } from './retry.ts';

/** The document cannot be indexed; trying again would not help. */
export class DocumentFailure extends Error {
  readonly code: string;

  constructor(code: string, reason: string) {
    super(reason);
    this.code = code;
  }
}

export interface Failure {
  code: string;
  /** A sentence for people. */
  message: string;
}

const parseCodes: Record<ParseFailure['code'], string> = {
  encrypted: 'retrieval.document_encrypted',
  scanned_no_text: 'retrieval.document_scanned_no_text',
  no_text: 'retrieval.document_no_text',
  corrupt: 'retrieval.document_corrupt',
  unsupported_type: 'retrieval.document_unsupported_type',
  too_large: 'retrieval.document_too_large',
  zip_bomb: 'retrieval.document_zip_bomb',
  xml_bomb: 'retrieval.document_xml_bomb',
  timeout: 'retrieval.document_timeout',
  out_of_memory: 'retrieval.document_out_of_memory',
  crashed: 'retrieval.document_crashed',
};

/** Of an unexpected kind: our fault, or a neighbour's. */
export const mostCrashes = 4;

export const repeatedFailure: Failure = {
  code: 'retrieval.document_not_indexed',
  message:
    'Indexing it failed on our side again and again; the log of the service says why. Reprocess it after a repair.',
};

/** What a document failed of for good; undefined when it shall be tried again. */
export function failureOf(
  error: unknown,
  { crashes, waitedMs, patienceMs }: { crashes: number; waitedMs: number; patienceMs: number },
): Failure | undefined {
  if (error instanceof ParseFailure) return { code: parseCodes[error.code], message: error.reason };
  if (error instanceof DocumentFailure) return { code: error.code, message: error.message };
  if (isAppError(error) && isFinal(error)) return { code: error.code, message: error.message };
  if (isPassing(error)) {
    if (waitedMs < patienceMs) return undefined;
    const reason = error instanceof Error ? error.message : String(error);
    return {
      code: 'retrieval.document_waited_too_long',
      message: `What it needs was not there for too long: ${reason}`,
    };
  }
  if (crashes < mostCrashes) return undefined;
  return repeatedFailure;
}

/** The model was replaced, inference refuses the text, or the file is lost. */
const isFinal = ({ category, code }: AppError): boolean =>
  category === 'conflict' || category === 'invalid' || code === 'platform.object_not_found';
