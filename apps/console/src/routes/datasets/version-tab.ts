import type { DatasetVersion } from '@llmops/contracts/data/v1/dataset';
import type { VersionSearch } from './version-search.ts';

/** What a tab of a version's page is given. */
export interface VersionTabProps {
  version: DatasetVersion;
  search: VersionSearch;
  onSearch: (search: VersionSearch) => void;
}
