import { Module } from '@nestjs/common';
import { ActivateIndexVersion } from './activate-index-version.ts';
import { ChunkRepository } from './chunk.repository.ts';
import { CreateIndexVersion } from './create-index-version.ts';
import { DeleteIndexVersion } from './delete-index-version.ts';
import { GetEmbedderFacts } from './embedder-facts.ts';
import { GetIndexVersion } from './get-index-version.ts';
import { IndexVersionRepository } from './index-version.repository.ts';
import { ListIndexVersions } from './list-index-versions.ts';
import { PrepareIndexVersion } from './prepare-index-version.ts';
import { ResolveSettings } from './resolve-settings.ts';
import { RollbackIndexVersion } from './rollback-index-version.ts';

const verbs = [
  ActivateIndexVersion,
  CreateIndexVersion,
  DeleteIndexVersion,
  GetEmbedderFacts,
  GetIndexVersion,
  ListIndexVersions,
  PrepareIndexVersion,
  ResolveSettings,
  RollbackIndexVersion,
];

const providers = [ChunkRepository, IndexVersionRepository, ...verbs];

@Module({ providers, exports: providers })
export class IndexVersionModule {}
