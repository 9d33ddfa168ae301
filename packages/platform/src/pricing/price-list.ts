import { fromJsonString } from '@bufbuild/protobuf';
import { type Price, PriceCatalogueSchema } from '@llmops/contracts/cost/v1/cost';
import type { PriceNumbers } from './price-usage.ts';

/** The KV bucket that holds the price list, as one entry: two thousand of their own would cost as many disk writes. */
export const pricesBucket = 'prices';

/** The entry: proto JSON of `llmops.cost.v1.PriceCatalogue`. */
export const catalogueKey = 'catalogue';

/** A listed price, in numbers that {@link priceUsage} takes. */
export interface ListedPrice extends PriceNumbers {
  key: string;
  version: string;
}

/** The list by key. Suits `watchBucket`'s `decode`. */
export function decodeCatalogue(text: string): ReadonlyMap<string, ListedPrice> {
  const { prices } = fromJsonString(PriceCatalogueSchema, text, { ignoreUnknownFields: true });
  return new Map(prices.map((price) => [price.key, toListedPrice(price)]));
}

/** The list has every bucket resolved, so a 0 in it means that those tokens cost nothing. */
export const toListedPrice = (price: Price): ListedPrice => ({
  key: price.key,
  version: price.version,
  inputPicoUsd: Number(price.inputPicoUsd),
  cachedInputPicoUsd: Number(price.cachedInputPicoUsd),
  cacheWritePicoUsd: Number(price.cacheWritePicoUsd),
  outputPicoUsd: Number(price.outputPicoUsd),
  reasoningPicoUsd: Number(price.reasoningPicoUsd),
  inputAudioPicoUsd: Number(price.inputAudioPicoUsd),
  outputAudioPicoUsd: Number(price.outputAudioPicoUsd),
});

/** The keys under which a model's price may be listed, most specific first. */
export const priceCandidates = (provider: string, model: string): string[] => [`${provider}/${model}`, model];
