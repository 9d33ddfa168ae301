import type { ChunkerSettings } from './chunk.ts';
import type { CountTokens } from './token-index.ts';
import type { Unit } from './units.ts';

interface Packer {
  budget: number;
  settings: ChunkerSettings;
  count: CountTokens;
}

/** The units of one section in runs, each of which fits a chunk. */
export function packUnits(units: Unit[], packer: Packer): Unit[][] {
  const runs: Unit[][] = [];
  let run: Unit[] = [];
  for (const unit of units) {
    if (run.length > 0 && mustBreak(run, unit, packer)) {
      const carried = closeRun(run, unit, packer);
      runs.push(run);
      run = carried;
    }
    run.push(unit);
  }
  if (run.length > 0) runs.push(run);
  return evened(runs, packer);
}

/** A short rest at the end takes from the run before it, so that both can be understood. */
function evened(runs: Unit[][], packer: Packer): Unit[][] {
  const [before, last] = runs.slice(-2);
  if (!before || !last || sizeOf(last, packer) >= packer.settings.minTokens || before.at(-1)!.last) return runs;
  const units = [...before, ...last.filter((unit) => !before.includes(unit))];
  const cuts = [...units.keys()].filter((at) => at > 0 && units[at - 1]!.block.kind !== 'heading');
  const halves = cuts.map((at) => [units.slice(0, at), units.slice(at)] as const);
  const sized = halves.map((pair) => ({ pair, larger: Math.max(sizeOf(pair[0], packer), sizeOf(pair[1], packer)) }));
  const best = sized.sort((a, b) => a.larger - b.larger)[0];
  return best && best.larger <= packer.budget ? [...runs.slice(0, -2), best.pair[0], best.pair[1]] : runs;
}

/** Tokens of the run's span, and of the header that is repeated before it. */
export function sizeOf(run: Unit[], { count }: Pick<Packer, 'count'>): number {
  const [first] = run;
  const header = first!.header ? count(first!.header.start, first!.header.end) : 0;
  return header + count(first!.start, run.at(-1)!.end);
}

function mustBreak(run: Unit[], unit: Unit, packer: Packer): boolean {
  return run.at(-1)!.last === true || sizeOf([...run.slice(0, 1), unit], packer) > packer.budget;
}

/** Shortens `run` to where it should end, and answers what the next one starts with. */
function closeRun(run: Unit[], next: Unit, packer: Packer): Unit[] {
  const moved = splitAtBlock(run, next, packer);
  const overlap = moved.length > 0 || run.at(-1)!.last ? [] : overlapOf(run, packer);
  const carried = [...overlap, ...moved];
  while (carried.length > 0 && sizeOf([carried[0]!, next], packer) > packer.budget) carried.shift();
  // What could not be carried as more than a repetition stays where it is.
  const lost = moved.filter((unit) => !carried.includes(unit));
  run.push(...lost);
  return carried;
}

/**
 * A paragraph of which only its first words fit goes to the next chunk as a whole, and so does a heading or an
 * introducing line ("as follows:") that would end a chunk.
 */
function splitAtBlock(run: Unit[], next: Unit, packer: Packer): Unit[] {
  let at = run.length;
  while (at > 0 && run[at - 1]!.block === next.block && next.prose) at -= 1;
  const begun = at < run.length ? packer.count(run[at]!.start, run.at(-1)!.end) : 0;
  if (at === 0 || begun > packer.budget / 4) at = run.length;
  while (at > 1 && run[at - 1]!.block.kind === 'heading') at -= 1;
  return at > 0 && at < run.length ? run.splice(at) : [];
}

function overlapOf(run: Unit[], { settings, count }: Packer): Unit[] {
  let at = run.length;
  const end = run.at(-1)!.end;
  while (at > 1 && run[at - 1]!.prose && count(run[at - 1]!.start, end) <= settings.overlapTokens) at -= 1;
  return run.slice(at);
}
