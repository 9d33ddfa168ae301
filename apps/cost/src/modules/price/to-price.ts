import { create } from '@bufbuild/protobuf';
import { type Price, PriceSchema } from '@llmops/contracts/cost/v1/cost';
import type { ListedPrice } from '@llmops/platform/pricing';

/** A listed price as the contract and the bucket hold it: every bucket of tokens resolved. */
export const toPrice = (price: ListedPrice): Price =>
  create(PriceSchema, {
    key: price.key,
    version: price.version,
    inputPicoUsd: BigInt(price.inputPicoUsd),
    cachedInputPicoUsd: BigInt(price.cachedInputPicoUsd ?? price.inputPicoUsd),
    cacheWritePicoUsd: BigInt(price.cacheWritePicoUsd ?? price.inputPicoUsd),
    outputPicoUsd: BigInt(price.outputPicoUsd),
    reasoningPicoUsd: BigInt(price.reasoningPicoUsd ?? price.outputPicoUsd),
    inputAudioPicoUsd: BigInt(price.inputAudioPicoUsd ?? price.inputPicoUsd),
    outputAudioPicoUsd: BigInt(price.outputAudioPicoUsd ?? price.outputPicoUsd),
  });
