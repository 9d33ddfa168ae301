import { Price_State } from '@llmops/contracts/gateway/v1/call';
import type { UsageDelta, UsageRow } from './usage.repository.ts';

/** What rows add to the sums by minute and by hour; in the order of their keys, so that replicas lock rows alike. */
export function usageDeltas(rows: readonly UsageRow[]): UsageDelta[] {
  const deltas = new Map<string, UsageDelta>();
  for (const row of rows) {
    for (const widthS of [60, 3_600]) {
      const timeMs = Math.floor(row.time.getTime() / (widthS * 1000)) * widthS * 1000;
      const key = JSON.stringify([row.projectId, widthS, timeMs, row.model, row.actor]);
      const known = deltas.get(key);
      const unpriced = row.priceState === Price_State.UNPRICED || row.priceState === Price_State.UNSPECIFIED;
      deltas.set(key, {
        projectId: row.projectId,
        widthS,
        timeMs,
        model: row.model,
        actor: row.actor,
        calls: (known?.calls ?? 0n) + 1n,
        inputTokens: (known?.inputTokens ?? 0n) + inputTokensOf(row),
        outputTokens: (known?.outputTokens ?? 0n) + outputTokensOf(row),
        costNanoUsd: (known?.costNanoUsd ?? 0n) + row.costNanoUsd,
        unpricedCalls: (known?.unpricedCalls ?? 0n) + (unpriced ? 1n : 0n),
      });
    }
  }
  return [...deltas].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, delta]) => delta);
}

const inputTokensOf = (row: UsageRow) =>
  row.inputTokens + row.cachedInputTokens + row.cacheWriteTokens + row.inputAudioTokens;
const outputTokensOf = (row: UsageRow) => row.outputTokens + row.reasoningTokens + row.outputAudioTokens;
