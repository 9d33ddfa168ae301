export { ActivateIndexVersion } from './activate-index-version.ts';
export { ChunkRepository, type ChunkRow } from './chunk.repository.ts';
export { CreateIndexVersion } from './create-index-version.ts';
export { DeleteIndexVersion } from './delete-index-version.ts';
export { changeDocumentSet } from './document-set.ts';
export { modelDigestOf } from './embedder-facts.ts';
export { GetIndexVersion, type IndexVersionView } from './get-index-version.ts';
export { indexDigest } from './index-digest.ts';
export { IndexVersionModule } from './index-version.module.ts';
export {
  type IndexModel,
  IndexVersionRepository,
  type IndexVersionRow,
  type ResolvedSettings,
  type VersionCounts,
} from './index-version.repository.ts';
export { ListIndexVersions } from './list-index-versions.ts';
export { PrepareIndexVersion } from './prepare-index-version.ts';
export { ResolveSettings, type WantedSettings } from './resolve-settings.ts';
export { RollbackIndexVersion } from './rollback-index-version.ts';
