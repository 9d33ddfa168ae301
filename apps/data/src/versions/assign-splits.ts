import type { HashCounts } from './hash-counts.ts';
import type { SplitUnits } from './split-units.ts';
import { splitInvalid } from './version.errors.ts';

/** A named part of the rows: a share of them, or a number. */
export interface SplitRule {
  name: string;
  fraction: number;
  count: number;
}

export const maxSplits = 20;

/** Throws `data.split_invalid` for rules that cannot hold together. */
export function checkSplitRules(rules: readonly SplitRule[]): void {
  if (rules.length > maxSplits) throw splitInvalid(`at most ${maxSplits} are made`);
  const names = new Set<string>();
  for (const { name, fraction, count } of rules) {
    if (names.has(name)) throw splitInvalid(`${JSON.stringify(name)} is named twice`);
    names.add(name);
    if (fraction > 0 === count > 0)
      throw splitInvalid(`${JSON.stringify(name)} needs a fraction or a count, and not both`);
  }
  const share = rules.reduce((sum, { fraction }) => sum + fraction, 0);
  if (share > 1 + 1e-9) throw splitInvalid(`the fractions add up to ${share}, which is more than 1`);
}

interface Unit {
  /** Decides the order: the unit's hash with the seed. */
  order: number;
  stratum: number;
  rows: number[];
  /** Split it had before, from 1; 0 for none. */
  before: number;
}

/**
 * The split of each row: 0 for none, else the rule's number from 1. Units are put in the order of their seeded hash and
 * cut where the shares end, in each stratum on its own; so the same rows give the same splits, rows that are equal are
 * never parted, and sizes are exact but for groups and rounding. Units that `before` knows stay where they were, and new
 * ones fill up what is missing: later rows move no earlier one from one split to another.
 */
export function assignSplits(
  { rows, units, strata, strataCount }: SplitUnits,
  rules: readonly SplitRule[],
  seed: bigint,
  before?: HashCounts,
): Uint8Array {
  checkSplitRules(rules);
  const byStratum = unitsByStratum({ rows, units, strata, strataCount }, seed, before);
  const sizes = byStratum.map((stratum) => stratum.reduce((sum, unit) => sum + unit.rows.length, 0));
  const targets = rules.map((rule) => targetsOf(rule, sizes, rows));
  const assigned = new Uint8Array(rows);
  for (const [s, stratum] of byStratum.entries()) {
    const open = targets.map((target) => target[s]!);
    const fresh: Unit[] = [];
    for (const unit of stratum) {
      if (unit.before === 0) fresh.push(unit);
      else {
        open[unit.before - 1]! -= unit.rows.length;
        for (const row of unit.rows) assigned[row] = unit.before;
      }
    }
    fill(
      fresh,
      open.map((left) => Math.max(0, left)),
      assigned,
    );
  }
  return assigned;
}

/** Lays the splits' open places end to end, and the units beside them: a unit belongs where its middle lies. */
function fill(units: Unit[], open: number[], assigned: Uint8Array): void {
  let split = 0;
  let end = open[0] ?? 0;
  let at = 0;
  for (const unit of units) {
    const middle = at + unit.rows.length / 2;
    while (split < open.length && middle > end) {
      split += 1;
      end += open[split] ?? 0;
    }
    if (split >= open.length) return;
    for (const row of unit.rows) assigned[row] = split + 1;
    at += unit.rows.length;
  }
}

/** How many rows of each stratum a split gets: its share, with what rounding leaves over given to the largest remainders. */
function targetsOf({ fraction, count }: SplitRule, sizes: number[], rows: number): number[] {
  const wanted = Math.min(rows, count > 0 ? count : Math.round(fraction * rows));
  const exact = sizes.map((size) => (rows === 0 ? 0 : (wanted * size) / rows));
  const floors = exact.map(Math.floor);
  const left = wanted - floors.reduce((sum, floor) => sum + floor, 0);
  const order = exact.map((value, s) => ({ s, remainder: value - Math.floor(value) }));
  order.sort((a, b) => b.remainder - a.remainder || a.s - b.s);
  for (const { s } of order.slice(0, left)) floors[s]! += 1;
  return floors;
}

function unitsByStratum({ rows, units, strata, strataCount }: SplitUnits, seed: bigint, before?: HashCounts): Unit[][] {
  const byStratum: Unit[][] = Array.from({ length: strataCount }, () => []);
  const order = seededOrder(units, seed);
  const sorted = Uint32Array.from({ length: rows }, (_, i) => i).sort((a, b) => order[a]! - order[b]! || a - b);
  for (let from = 0; from < rows; ) {
    let to = from + 1;
    while (to < rows && units[sorted[to]!] === units[sorted[from]!]) to += 1;
    const members = Array.from(sorted.subarray(from, to));
    const stratum = commonest(members.map((row) => strata[row]!));
    const hash = units[members[0]!]!;
    byStratum[stratum]!.push({ order: order[members[0]!]!, stratum, rows: members, before: before?.get(hash) ?? 0 });
    from = to;
  }
  return byStratum;
}

/** 53 bits of splitmix64 over hash and seed: another seed gives another order. */
function seededOrder(units: BigUint64Array, seed: bigint): Float64Array {
  const order = new Float64Array(units.length);
  const salt = BigInt.asUintN(64, seed * 0x9e3779b97f4a7c15n + 0x632be59bd9b4e019n);
  for (let i = 0; i < units.length; i += 1) {
    let x = BigInt.asUintN(64, units[i]! ^ salt);
    x = BigInt.asUintN(64, (x ^ (x >> 30n)) * 0xbf58476d1ce4e5b9n);
    x = BigInt.asUintN(64, (x ^ (x >> 27n)) * 0x94d049bb133111ebn);
    order[i] = Number((x ^ (x >> 31n)) >> 11n);
  }
  return order;
}

/** A group lies in the stratum of most of its rows; of the first where several are as common. */
function commonest(values: number[]): number {
  if (values.length === 1) return values[0]!;
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]![0];
}
