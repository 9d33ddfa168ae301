export { FinishBuilds } from './finish-builds.ts';
export { IngestModule } from './ingest.module.ts';
export { INGEST_PROBE, type IngestProbe } from './ingest-probe.ts';
export { IngestWorker } from './ingest-worker.ts';
export { MergeSegments } from './merge-segments.ts';
export { RemoveDeleted } from './remove-deleted.ts';
export { ReportMetrics } from './report-metrics.ts';
export { Tokenizer } from './tokenizer.ts';
