import { Module } from '@nestjs/common';
import { AnnotationModule } from './modules/annotation/index.ts';
import { DatasetModule } from './modules/dataset/index.ts';
import { JobModule } from './modules/job/index.ts';
import { SourceModule } from './modules/source/index.ts';
import { UploadModule } from './modules/upload/index.ts';
import { ValidationModule } from './modules/validation/index.ts';

@Module({ imports: [AnnotationModule, DatasetModule, JobModule, SourceModule, UploadModule, ValidationModule] })
export class AppModule {}
