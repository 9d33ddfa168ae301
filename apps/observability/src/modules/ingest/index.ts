export { CallsConsumer } from './calls.consumer.ts';
export { IngestModule } from './ingest.module.ts';
export { Partitions } from './partitions.ts';
