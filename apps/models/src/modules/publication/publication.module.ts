import { Module } from '@nestjs/common';
import { ArtifactModule } from '../artifact/index.ts';
import { ProviderModule } from '../provider/index.ts';
import { ReconcileBuckets } from './reconcile-buckets.ts';

@Module({ imports: [ArtifactModule, ProviderModule], providers: [ReconcileBuckets] })
export class PublicationModule {}
