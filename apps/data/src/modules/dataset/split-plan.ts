import type { RequestContext } from '@llmops/platform/context';
import { checkRow, parseJson } from '../../formats/index.ts';
import { checkSplitRules, HashCounts, RowIds, type SplitBy, SplitUnitCollector } from '../../versions/index.ts';
import type { OpenedVersion } from './open-version.ts';
import type { SplitPlan } from './version-parts.ts';

export interface SplitRequest {
  rules: { name: string; fraction: number; count: bigint }[];
  seed: bigint;
  stratifyBy: string;
  groupBy: string;
}

/** The plan that a version keeps; undefined for no splits. Throws `data.split_invalid`. */
export function toSplitPlan({ rules, seed, stratifyBy, groupBy }: SplitRequest): SplitPlan | undefined {
  if (rules.length === 0) return undefined;
  const plain = rules.map(({ name, fraction, count }) => ({ name, fraction, count: Number(count) }));
  checkSplitRules(plain);
  return { rules: plain, seed: String(seed), stratifyBy, groupBy };
}

export const splitBy = (plan: SplitPlan | undefined): SplitBy | undefined =>
  plan && { stratifyBy: plan.stratifyBy || undefined, groupBy: plan.groupBy || undefined };

/** Whether rows that were split by one plan may stay where they are under the other. */
export const samePlan = (a: SplitPlan, b: SplitPlan): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What splitting a stored version needs to know of its rows. */
export async function unitsOf(ctx: RequestContext, { version, reader }: OpenedVersion, plan: SplitPlan) {
  const ids = new RowIds(version.keyColumns);
  const collector = new SplitUnitCollector(splitBy(plan) ?? {});
  for await (const { json, index } of reader.read({ signal: ctx.signal })) {
    const row = checkRow(parseJson(json), { file: version.id, row: index + 1 });
    collector.add(row, ids.of(row));
  }
  return collector.finish()!;
}

/** The split of each unit of a version, for the next one to keep. */
export async function splitsByUnit(ctx: RequestContext, opened: OpenedVersion, plan: SplitPlan): Promise<HashCounts> {
  const { units } = await unitsOf(ctx, opened, plan);
  const before = new HashCounts();
  for (const [row, unit] of units.entries()) {
    const split = opened.splits[row] ?? 0;
    if (split > 0) before.set(unit, split);
  }
  return before;
}
