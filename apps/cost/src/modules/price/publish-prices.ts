import { createHash } from 'node:crypto';
import { create, toJsonString } from '@bufbuild/protobuf';
import { type Price, PriceCatalogueSchema, PriceSchema } from '@llmops/contracts/cost/v1/cost';
import { LOGGER, type Logger, NATS, type Nats } from '@llmops/platform';
import { ensureBucket } from '@llmops/platform/kv';
import { catalogueKey, pricesBucket } from '@llmops/platform/pricing';
import { Inject, Injectable } from '@nestjs/common';
import { PriceList } from './price-list.ts';
import { toPrice } from './to-price.ts';

/** Brings the bucket `prices` to the shipped list, so that every gateway prices in memory. */
@Injectable()
export class PublishPrices {
  #done = false;

  constructor(
    @Inject(NATS) private readonly nats: Nats,
    @Inject(LOGGER) private readonly log: Logger,
    private readonly prices: PriceList,
  ) {}

  get done(): boolean {
    return this.#done;
  }

  /** Nothing to do when the entry holds this list; replicas that do this at once put the same. */
  async run(): Promise<void> {
    const kv = await ensureBucket(this.nats, pricesBucket);
    const prices = this.prices.all().map(toPrice);
    const version = versionOf(prices);
    const present = await kv.get(catalogueKey);
    if (present?.operation !== 'PUT' || decodeVersion(present.string()) !== version) {
      const catalogue = create(PriceCatalogueSchema, { version, prices });
      await kv.put(catalogueKey, toJsonString(PriceCatalogueSchema, catalogue));
      this.log.info({ prices: prices.length, version }, 'prices published');
    }
    this.#done = true;
  }
}

const decodeVersion = (text: string): unknown => (JSON.parse(text) as { version?: unknown }).version;

/** What is in the list decides: other rules for keys are another version too. */
function versionOf(prices: Price[]): string {
  const hash = createHash('sha256');
  for (const price of prices) hash.update(toJsonString(PriceSchema, price));
  return hash.digest('hex').slice(0, 16);
}
