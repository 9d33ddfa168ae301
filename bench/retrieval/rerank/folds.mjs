import { seededRandom } from '../../../packages/stats/src/index.ts';

/** 0 or 1 for each query, about half each, whole groups together. */
export function twoFolds(groups, seed) {
  const random = seededRandom(seed);
  const ids = [...new Set(groups)];
  for (let at = ids.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [ids[at], ids[other]] = [ids[other], ids[at]];
  }
  const sizes = new Map();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const fold = new Map();
  const filled = [0, 0];
  for (const group of ids) {
    const to = filled[0] <= filled[1] ? 0 : 1;
    fold.set(group, to);
    filled[to] += sizes.get(group);
  }
  return groups.map((group) => fold.get(group));
}
