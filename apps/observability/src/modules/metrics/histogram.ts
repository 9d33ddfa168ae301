/**
 * Log-spaced histograms of milliseconds. Bucket 0 holds what takes up to 1 ms, bucket i what lies in
 * (GROWTH^(i-1), GROWTH^i] ms; the last one everything from half an hour up. A quantile read from them is within 5% of
 * the exact one between 1 ms and 30 min (as in DDSketch: growth is (1 + e) / (1 - e)).
 */
const RELATIVE_ERROR = 0.05;
const GROWTH = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const LOG_GROWTH = Math.log(GROWTH);
export const BUCKETS = Math.ceil(Math.log(1_800_000) / LOG_GROWTH) + 1;

/** The bucket a duration falls into. */
export const bucketOf = (ms: number): number =>
  ms > 1 ? Math.min(Math.ceil(Math.log(ms) / LOG_GROWTH), BUCKETS - 1) : 0;

/** What stands for a bucket: the value whose relative distance to both its ends is the same. */
const midpointOf = (bucket: number): number => (bucket === 0 ? 1 : (2 * GROWTH ** bucket) / (GROWTH + 1));

/** The quantile (0 < q ≤ 1, nearest rank) of counts by bucket, in milliseconds; 0 when there are none. */
export function quantile(counts: readonly number[], q: number): number {
  const total = counts.reduce((sum, count) => sum + (count ?? 0), 0);
  const rank = Math.max(1, Math.ceil(q * total));
  let seen = 0;
  for (let bucket = 0; bucket < counts.length; bucket += 1) {
    seen += counts[bucket] ?? 0;
    if (seen >= rank) return midpointOf(bucket);
  }
  return 0;
}
