import type { WorkState } from './work-list.repository.ts';

/** Tests stop a document at a stage; nothing in production. */
export type IngestProbe = (stage: WorkState, documentId: string) => Promise<void>;

export const INGEST_PROBE = Symbol('INGEST_PROBE');
