export { ArtifactModule } from './artifact.module.ts';
export { ArtifactRepository } from './artifact.repository.ts';
export { artifactEntry, artifactsBucket, routeEntry } from './artifact-messages.ts';
export { CheckArtifacts } from './check-artifacts.ts';
export { FetchJob, fetchJob } from './fetch.job.ts';
