import { fromJsonString } from '@bufbuild/protobuf';
import { type Price, PriceSchema } from '@llmops/contracts/cost/v1/cost';
import type { PriceNumbers } from './price-usage.ts';

/** The KV bucket that holds the price list: proto JSON of `llmops.cost.v1.Price` under {@link priceKey}. */
export const pricesBucket = 'prices';

/** The entry that tells which version of the list the bucket holds; written last, so it never promises too much. */
export const priceVersionKey = '_version';

/** The bucket's key of a price: model names hold characters that NATS subjects may not. */
export const priceKey = (key: string): string => Buffer.from(key).toString('base64url');

/** A listed price, in numbers that {@link priceUsage} takes. */
export interface ListedPrice extends PriceNumbers {
  key: string;
  version: string;
}

/** Decodes an entry of the bucket; undefined for {@link priceVersionKey}. Suits `watchBucket`'s `decode`. */
export function decodePrice(text: string, key: string): ListedPrice | undefined {
  return key === priceVersionKey ? undefined : toListedPrice(fromJsonString(PriceSchema, text));
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
