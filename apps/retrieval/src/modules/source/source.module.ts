import { Module } from '@nestjs/common';
import { ContentModule } from '../content/index.ts';
import { DocumentModule } from '../document/index.ts';
import { FollowSourceJob } from './follow-source.job.ts';
import { FollowSource } from './follow-source.ts';
import { FollowSources } from './follow-sources.ts';
import { FollowerRepository } from './follower.repository.ts';
import { NoteSourceChange } from './note-source-change.ts';
import { SourceConsumer } from './source.consumer.ts';

@Module({
  imports: [ContentModule, DocumentModule],
  providers: [FollowSource, FollowSourceJob, FollowSources, FollowerRepository, NoteSourceChange, SourceConsumer],
  exports: [FollowSourceJob, FollowSources, SourceConsumer],
})
export class SourceModule {}
