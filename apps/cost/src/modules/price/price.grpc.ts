import { type ListPricesRequest, PriceService } from '@llmops/contracts/cost/v1/cost';
import { GrpcService, type Handlers } from '@llmops/platform/grpc';
import { ListPrices } from './list-prices.ts';
import { toPrice } from './to-price.ts';

@GrpcService(PriceService)
export class PriceGrpc implements Handlers<typeof PriceService> {
  constructor(private readonly list: ListPrices) {}

  async listPrices(request: ListPricesRequest) {
    const { prices, nextPageToken } = this.list.run(request.query, request.pageSize, request.pageToken);
    return { prices: prices.map(toPrice), nextPageToken };
  }
}
