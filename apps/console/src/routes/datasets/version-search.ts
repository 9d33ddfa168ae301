export const versionTabs = ['rows', 'profile', 'validation', 'diff', 'compare', 'schema'] as const;
export type VersionTab = (typeof versionTabs)[number];

/** Which rows are shown. */
export interface RowFilter {
  /** Words. */
  q?: string;
  /** A SQL condition. */
  where?: string;
  split?: string;
  /** One row by its id. */
  row?: string;
}

/** What the address of a version says beside its name. */
export interface VersionSearch extends RowFilter {
  tab?: VersionTab;
  view?: 'json';
  /** What it is compared with. */
  base?: string;
  report?: string;
}

const texts = ['q', 'where', 'split', 'row', 'base', 'report'] as const;

/** Reads an address; what makes no sense is left out. */
export function parseVersionSearch(search: Record<string, unknown>): VersionSearch {
  const parsed: VersionSearch = {};
  const tab = versionTabs.find((candidate) => candidate === search['tab']);
  if (tab && tab !== 'rows') parsed.tab = tab;
  if (search['view'] === 'json') parsed.view = 'json';
  for (const key of texts) {
    // The router reads `?q=42` as a number.
    const value = search[key];
    if ((typeof value === 'string' || typeof value === 'number') && value !== '') parsed[key] = String(value);
  }
  return parsed;
}

export const hasRowFilter = ({ q, where, split, row }: RowFilter): boolean =>
  [q, where, split, row].some((part) => part !== undefined);
