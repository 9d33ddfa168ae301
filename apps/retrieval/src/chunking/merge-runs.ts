import type { ChunkerSettings } from './chunk.ts';
import { sizeOf } from './pack-units.ts';
import { commonDepth } from './sections.ts';
import type { CountTokens } from './token-index.ts';
import type { Unit } from './units.ts';

/** What becomes a chunk. */
export interface Run {
  units: Unit[];
  headingPath: string[];
}

/** Joins neighbours of which one is too small to be found or understood by itself, as long as both fit one chunk. */
export function mergeSmallRuns(runs: Run[], settings: ChunkerSettings, count: CountTokens): Run[] {
  const merged: Run[] = [];
  for (const run of runs) {
    const before = merged.at(-1);
    const joined = before && joinedRun(before, run, settings, count);
    if (joined) merged[merged.length - 1] = joined;
    else merged.push(run);
  }
  return merged;
}

function joinedRun(before: Run, run: Run, settings: ChunkerSettings, count: CountTokens): Run | undefined {
  // A later piece of a table begins with its header, which nothing may stand before; nothing follows a cut one.
  if (run.units[0]!.header || before.units.at(-1)!.last) return undefined;
  const depth = commonDepth(before.headingPath, run.headingPath);
  const below = depth === before.headingPath.length;
  const siblings = depth > 0 && depth === before.headingPath.length - 1;
  if (!below && !siblings) return undefined;
  // A heading with nothing under it goes with what follows.
  const bare = below && before.units.every((unit) => unit.block.kind === 'heading');
  const least = Math.min(sizeOf(before.units, { count }), sizeOf(run.units, { count }));
  if (!bare && least >= settings.minTokens) return undefined;
  const units = [...before.units, ...run.units];
  if (sizeOf(units, { count }) > settings.maxTokens) return undefined;
  return { units, headingPath: before.headingPath.slice(0, depth) };
}
