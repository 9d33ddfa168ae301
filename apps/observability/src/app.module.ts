import { Module } from '@nestjs/common';
import { IngestModule } from './modules/ingest/index.ts';
import { MetricsModule } from './modules/metrics/index.ts';
import { RetentionModule } from './modules/retention/index.ts';
import { TraceModule } from './modules/trace/index.ts';

@Module({ imports: [TraceModule, MetricsModule, IngestModule, RetentionModule] })
export class AppModule {}
