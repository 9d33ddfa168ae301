import { type Document, Document_State as State } from '@llmops/contracts/retrieval/v1/knowledge_base';
import type { Tone } from '@llmops/ui';
import type { DocumentFilter } from './knowledge-base-search.ts';

interface StateLook {
  tone: Tone;
  text: string;
}

export const documentStates: Record<State, StateLook> = {
  [State.UNSPECIFIED]: { tone: 'neutral', text: 'Waiting' },
  [State.PENDING]: { tone: 'neutral', text: 'Waiting' },
  [State.PARSING]: { tone: 'accent', text: 'Reading' },
  [State.CHUNKING]: { tone: 'accent', text: 'Cutting' },
  [State.EMBEDDING]: { tone: 'accent', text: 'Embedding' },
  [State.WRITING]: { tone: 'accent', text: 'Writing' },
  [State.INDEXED]: { tone: 'success', text: 'Searchable' },
  [State.FAILED]: { tone: 'danger', text: 'Failed' },
};

export const isWorkedOn = ({ state }: Pick<Document, 'state'>): boolean =>
  state !== State.INDEXED && state !== State.FAILED;

/** Begun and not done. */
export const statesAtWork = [State.PARSING, State.CHUNKING, State.EMBEDDING, State.WRITING];

const listed: Record<DocumentFilter, State> = {
  pending: State.PENDING,
  indexed: State.INDEXED,
  failed: State.FAILED,
};

/** The state as ListDocuments takes it. */
export const listedState = (filter: DocumentFilter | undefined): State => (filter ? listed[filter] : State.UNSPECIFIED);

const kinds: Record<string, string> = {
  'application/pdf': 'PDF',
  'text/markdown': 'Markdown',
  'text/html': 'HTML',
  'text/plain': 'Text',
  'text/csv': 'CSV',
  'application/json': 'JSON',
  'message/rfc822': 'Mail',
};

/** What a file is, in a word: `PDF`, `DOCX`; its media type when there is no better one. */
export function kindOf(mediaType: string): string {
  const known = kinds[mediaType];
  if (known) return known;
  if (mediaType.includes('wordprocessingml')) return 'DOCX';
  if (mediaType.includes('spreadsheetml')) return 'XLSX';
  if (mediaType.includes('presentationml')) return 'PPTX';
  return mediaType.includes('opendocument') ? 'OpenDocument' : mediaType || 'Unknown';
}
