import { Module } from '@nestjs/common';
import { DatasetModule } from './modules/dataset/index.ts';
import { JobModule } from './modules/job/index.ts';
import { UploadModule } from './modules/upload/index.ts';

@Module({ imports: [DatasetModule, JobModule, UploadModule] })
export class AppModule {}
