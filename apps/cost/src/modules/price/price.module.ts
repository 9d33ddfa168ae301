import { Module } from '@nestjs/common';
import { ListPrices } from './list-prices.ts';
import { PriceGrpc } from './price.grpc.ts';
import { PriceList } from './price-list.ts';
import { PublishPrices } from './publish-prices.ts';

@Module({
  controllers: [PriceGrpc],
  providers: [PriceList, ListPrices, PublishPrices],
  exports: [PriceList, PublishPrices],
})
export class PriceModule {}
