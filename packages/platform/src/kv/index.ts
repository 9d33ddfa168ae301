export { bucketOptions, ensureBucket, type WatchedBucket, watchBucket } from './watched-bucket.ts';
