import { decodeCursor, encodeCursor } from '@llmops/db';
import type { ListedPrice } from '@llmops/platform/pricing';
import { Injectable } from '@nestjs/common';
import { PriceList } from './price-list.ts';

@Injectable()
export class ListPrices {
  constructor(private readonly prices: PriceList) {}

  /** In order of keys. */
  run(query: string, pageSize: number, pageToken: string): { prices: ListedPrice[]; nextPageToken: string } {
    const size = pageSize || 50;
    const after = decodeCursor(pageToken, ['text'])?.[0];
    const found = this.prices.page(query, after === undefined ? undefined : String(after), size + 1);
    const prices = found.slice(0, size);
    return { prices, nextPageToken: found.length > size ? encodeCursor([prices.at(-1)!.key]) : '' };
  }
}
