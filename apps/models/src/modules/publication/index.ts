export { PublicationModule } from './publication.module.ts';
export { ReconcileBuckets } from './reconcile-buckets.ts';
