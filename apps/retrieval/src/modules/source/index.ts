export { FollowSourceJob } from './follow-source.job.ts';
export { FollowSources, followJob } from './follow-sources.ts';
export { SourceConsumer } from './source.consumer.ts';
export { SourceModule } from './source.module.ts';
