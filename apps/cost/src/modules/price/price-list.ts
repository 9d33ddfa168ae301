import type { ListedPrice } from '@llmops/platform/pricing';
import { Injectable } from '@nestjs/common';
import { loadCatalogue } from './catalogue.ts';

/** The price list, in memory. */
@Injectable()
export class PriceList {
  readonly #prices = loadCatalogue();

  get(key: string): ListedPrice | undefined {
    return this.#prices.get(key);
  }

  all(): ListedPrice[] {
    return [...this.#prices.values()];
  }

  /** In order of keys: those that contain `query` (in any case) after the key `after`, at most `limit`. */
  page(query: string, after: string | undefined, limit: number): ListedPrice[] {
    const wanted = query.toLowerCase();
    const page: ListedPrice[] = [];
    for (const [key, price] of this.#prices) {
      if (page.length === limit) break;
      if ((after === undefined || key > after) && key.toLowerCase().includes(wanted)) page.push(price);
    }
    return page;
  }
}
