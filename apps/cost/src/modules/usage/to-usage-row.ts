import { create } from '@bufbuild/protobuf';
import { type Call, type Price, Price_State, type Usage, UsageSchema } from '@llmops/contracts/gateway/v1/call';
import { type ListedPrice, priceCandidates, priceUsage } from '@llmops/platform/pricing';
import type { UsageRow } from './usage.repository.ts';

type PriceColumns = Pick<UsageRow, 'priceState' | 'costNanoUsd' | 'priceKey' | 'priceVersion'>;

const noUsage = create(UsageSchema);

/** A call as the ledger keeps it: with the price the edge applied, or, where it applied none, the list's. */
export function toUsageRow(call: Call, priceOf: (key: string) => ListedPrice | undefined): UsageRow {
  const usage = call.usage ?? noUsage;
  return {
    callId: call.id,
    organizationId: call.organizationId,
    projectId: call.project,
    traceId: call.traceId,
    time: new Date(Number(call.startTime!.seconds) * 1000 + Math.floor(call.startTime!.nanos / 1e6)),
    actor: plain(call.actor),
    operation: call.operation,
    model: plain(call.requestedModel || call.responseModel),
    provider: call.provider,
    releaseId: call.releaseId,
    status: call.status,
    inputTokens: usage.inputTokens,
    cachedInputTokens: usage.cachedInputTokens,
    cacheWriteTokens: usage.cacheWriteTokens,
    outputTokens: usage.outputTokens,
    reasoningTokens: usage.reasoningTokens,
    inputAudioTokens: usage.inputAudioTokens,
    outputAudioTokens: usage.outputAudioTokens,
    estimated: usage.estimated,
    ...(call.price && call.price.state !== Price_State.UNSPECIFIED
      ? applied(call.price)
      : priced(call, usage, priceOf)),
  };
}

const applied = (price: Price): PriceColumns => ({
  priceState: price.state,
  // Free and unpriced cost nothing we know of, whatever came with it.
  costNanoUsd: price.state === Price_State.PRICED ? price.costNanoUsd : 0n,
  priceKey: price.priceKey,
  priceVersion: price.priceVersion,
});

function priced(call: Call, usage: Usage, priceOf: (key: string) => ListedPrice | undefined): PriceColumns {
  const price = keysOf(call)
    .map(priceOf)
    .find((found) => found !== undefined);
  const { state, costNanoUsd } = priceUsage(usage, price, call.provider === 'llmops');
  return {
    priceState: Price_State[state],
    costNanoUsd: BigInt(costNanoUsd),
    priceKey: price?.key ?? '',
    priceVersion: price?.version ?? '',
  };
}

/** What was asked for before what answered: dated names are listed less often. */
const keysOf = (call: Call): string[] =>
  [
    call.price?.priceKey ?? '',
    ...[call.requestedModel, call.responseModel].flatMap((model) => priceCandidates(call.provider, model)),
  ].filter(Boolean);

/** Bounded for the index, without what Postgres leaves out: equal here is equal there. */
const plain = (text: string): string => text.slice(0, 200).replaceAll('\0', '').toWellFormed();
