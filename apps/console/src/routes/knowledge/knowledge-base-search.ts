export const knowledgeBaseTabs = ['documents', 'search', 'versions', 'settings'] as const;
export type KnowledgeBaseTab = (typeof knowledgeBaseTabs)[number];

export const documentFilters = ['pending', 'indexed', 'failed'] as const;
export type DocumentFilter = (typeof documentFilters)[number];

/** What the address of a knowledge base says beside its id. */
export interface KnowledgeBaseSearch {
  tab?: KnowledgeBaseTab;
  /** Of the documents that are listed. */
  state?: DocumentFilter;
  /** Words of a document's name, or what is searched for. */
  q?: string;
}

const oneOf = <T extends string>(values: readonly T[], value: unknown): T | undefined =>
  values.find((candidate) => candidate === value);

export function parseKnowledgeBaseSearch(search: Record<string, unknown>): KnowledgeBaseSearch {
  const tab = oneOf(knowledgeBaseTabs, search['tab']);
  const state = oneOf(documentFilters, search['state']);
  // The router reads `?q=42` as a number.
  const q = typeof search['q'] === 'string' || typeof search['q'] === 'number' ? String(search['q']) : '';
  return {
    ...(tab && tab !== 'documents' && { tab }),
    ...(state && { state }),
    ...(q !== '' && { q }),
  };
}
