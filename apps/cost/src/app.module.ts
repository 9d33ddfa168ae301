import { Module } from '@nestjs/common';
import { PriceModule } from './modules/price/index.ts';
import { UsageModule } from './modules/usage/index.ts';

@Module({ imports: [PriceModule, UsageModule] })
export class AppModule {}
