/** Tokens in disjoint buckets, as the contracts' `Usage` holds them; bigints are taken too. */
export interface UsageNumbers {
  inputTokens: number | bigint;
  cachedInputTokens: number | bigint;
  cacheWriteTokens: number | bigint;
  outputTokens: number | bigint;
  reasoningTokens: number | bigint;
  inputAudioTokens: number | bigint;
  outputAudioTokens: number | bigint;
}

/** Prices in 1e-12 US dollars a token, whole numbers. An absent bucket costs what its fallback costs. */
export interface PriceNumbers {
  inputPicoUsd: number;
  outputPicoUsd: number;
  /** Falls back to input. */
  cachedInputPicoUsd?: number | undefined;
  /** Falls back to input. */
  cacheWritePicoUsd?: number | undefined;
  /** Falls back to output. */
  reasoningPicoUsd?: number | undefined;
  /** Falls back to input. */
  inputAudioPicoUsd?: number | undefined;
  /** Falls back to output. */
  outputAudioPicoUsd?: number | undefined;
}

export interface PricedUsage {
  /** PRICED, FREE (known to cost nothing) or UNPRICED (no price known: the cost is absent, not 0). */
  state: 'PRICED' | 'FREE' | 'UNPRICED';
  /** In 1e-9 US dollars, rounded half up; a bigint only where a number would lose precision. 0 unless PRICED. */
  costNanoUsd: number | bigint;
}

const FREE: PricedUsage = Object.freeze({ state: 'FREE', costNanoUsd: 0 });
const UNPRICED: PricedUsage = Object.freeze({ state: 'UNPRICED', costNanoUsd: 0 });

/**
 * What a call cost, in exact integer arithmetic. `free` says that the model is known to cost nothing (it runs here), and
 * so does a price that is 0 throughout. Below 9,000 US dollars a call plain numbers are exact; beyond, BigInt takes over.
 */
export function priceUsage(usage: UsageNumbers, price: PriceNumbers | undefined, free: boolean): PricedUsage {
  if (free) return FREE;
  if (price === undefined) return UNPRICED;
  const rates = ratesOf(price);
  if (rates.every((rate) => rate === 0)) return FREE;
  const counts = countsOf(usage);
  let pico = 0;
  for (let i = 0; i < rates.length; i += 1) pico += Number(counts[i]) * rates[i]!;
  // Every term is at most the sum, so a safe sum means that no term was rounded.
  if (pico <= Number.MAX_SAFE_INTEGER - 500)
    return { state: 'PRICED', costNanoUsd: (pico + 500 - ((pico + 500) % 1000)) / 1000 };
  return { state: 'PRICED', costNanoUsd: exactNanoUsd(counts, rates) };
}

const ratesOf = (price: PriceNumbers): number[] => [
  price.inputPicoUsd,
  price.cachedInputPicoUsd ?? price.inputPicoUsd,
  price.cacheWritePicoUsd ?? price.inputPicoUsd,
  price.outputPicoUsd,
  price.reasoningPicoUsd ?? price.outputPicoUsd,
  price.inputAudioPicoUsd ?? price.inputPicoUsd,
  price.outputAudioPicoUsd ?? price.outputPicoUsd,
];

/** In the order of {@link ratesOf}. */
const countsOf = (usage: UsageNumbers): (number | bigint)[] => [
  usage.inputTokens,
  usage.cachedInputTokens,
  usage.cacheWriteTokens,
  usage.outputTokens,
  usage.reasoningTokens,
  usage.inputAudioTokens,
  usage.outputAudioTokens,
];

function exactNanoUsd(counts: (number | bigint)[], rates: number[]): number | bigint {
  const pico = counts.reduce<bigint>((sum, count, i) => sum + BigInt(count) * BigInt(rates[i]!), 0n);
  const nano = (pico + 500n) / 1000n;
  return nano <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(nano) : nano;
}
