export { BUCKETS, bucketOf } from './histogram.ts';
export { MetricsModule } from './metrics.module.ts';
