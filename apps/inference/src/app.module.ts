import { Module } from '@nestjs/common';
import { InferenceModule } from './modules/inference/index.ts';

@Module({ imports: [InferenceModule] })
export class AppModule {}
