export { ValidationModule } from './validation.module.ts';
export { validationJobs } from './validation-jobs.ts';
export { VersionsConsumer } from './versions.consumer.ts';
