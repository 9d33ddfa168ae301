import { Module } from '@nestjs/common';
import { UploadModule } from './modules/upload/index.ts';

@Module({ imports: [UploadModule] })
export class AppModule {}
