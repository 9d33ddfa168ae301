import { Module } from '@nestjs/common';
import { ArtifactRepository } from './artifact.repository.ts';
import { CancelFetch } from './cancel-fetch.ts';
import { CheckArtifacts } from './check-artifacts.ts';
import { FetchJob } from './fetch.job.ts';
import { FetchModel } from './fetch-model.ts';
import { GetModel } from './get-model.ts';
import { ListModels } from './list-models.ts';
import { MarkReady } from './mark-ready.ts';
import { ModelGrpc } from './model.grpc.ts';
import { RunFetch } from './run-fetch.ts';

@Module({
  controllers: [ModelGrpc],
  providers: [
    ArtifactRepository,
    ListModels,
    GetModel,
    FetchModel,
    CancelFetch,
    MarkReady,
    RunFetch,
    FetchJob,
    CheckArtifacts,
  ],
  exports: [ArtifactRepository, CheckArtifacts, FetchJob],
})
export class ArtifactModule {}
