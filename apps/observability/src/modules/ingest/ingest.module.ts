import { Module } from '@nestjs/common';
import { TraceModule } from '../trace/index.ts';
import { CallsConsumer } from './calls.consumer.ts';
import { IngestRepository } from './ingest.repository.ts';
import { Partitions } from './partitions.ts';
import { RecordCalls } from './record-calls.ts';

@Module({
  imports: [TraceModule],
  providers: [CallsConsumer, RecordCalls, IngestRepository, Partitions],
  exports: [CallsConsumer, Partitions],
})
export class IngestModule {}
