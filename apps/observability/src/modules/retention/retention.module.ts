import { Module } from '@nestjs/common';
import { IngestModule } from '../ingest/index.ts';
import { ApplyRetention } from './apply-retention.ts';
import { RetentionRepository } from './retention.repository.ts';

@Module({ imports: [IngestModule], providers: [ApplyRetention, RetentionRepository], exports: [ApplyRetention] })
export class RetentionModule {}
