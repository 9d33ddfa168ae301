/** What the choice of a merge goes by. */
export interface SegmentSummary {
  readonly id: string;
  readonly documents: number;
  readonly deletedDocuments: number;
  readonly sizeBytes: number;
}

export interface MergePolicy {
  /** Segments of about one size that become one; 8. */
  readonly mergeFactor?: number;
  /** Segments are not merged into larger ones than this; 256 MiB. */
  readonly largestBytes?: number;
  /** Segments below this count as of one size, so that single documents do not pile up; 256 KiB. */
  readonly floorBytes?: number;
  /** A segment with this share of deleted documents is rewritten even by itself; 0.3. */
  readonly deletedShare?: number;
}

/**
 * Which segments to merge next, as ids; undefined when the index is in shape. Tiered: each size class, eight times as
 * large as the one below, holds fewer than `mergeFactor` segments, so a document is rewritten as often as there are
 * classes. Dead documents do not count towards size.
 */
export function chooseMerge(segments: readonly SegmentSummary[], policy: MergePolicy = {}): string[] | undefined {
  const { mergeFactor = 8, largestBytes = 2 ** 28, floorBytes = 2 ** 18, deletedShare = 0.3 } = policy;
  const tiers = new Map<number, { id: string; liveBytes: number }[]>();
  for (const { id, documents, deletedDocuments, sizeBytes } of segments) {
    const liveBytes = documents === 0 ? 0 : (sizeBytes * (documents - deletedDocuments)) / documents;
    if (liveBytes > largestBytes / 2) continue;
    const tier = Math.floor(Math.log(Math.max(liveBytes, floorBytes) / floorBytes) / Math.log(mergeFactor));
    const members = tiers.get(tier);
    if (members) members.push({ id, liveBytes });
    else tiers.set(tier, [{ id, liveBytes }]);
  }
  for (const [, members] of [...tiers].sort(([one], [other]) => one - other)) {
    if (members.length < mergeFactor) continue;
    const chosen: string[] = [];
    let bytes = 0;
    for (const { id, liveBytes } of members.sort((one, other) => one.liveBytes - other.liveBytes)) {
      if (chosen.length >= 2 && bytes + liveBytes > largestBytes) break;
      chosen.push(id);
      bytes += liveBytes;
    }
    return chosen;
  }
  const worst = segments
    .filter(({ documents, deletedDocuments }) => deletedDocuments > 0 && deletedDocuments >= documents * deletedShare)
    .sort((one, other) => other.deletedDocuments - one.deletedDocuments)[0];
  return worst && [worst.id];
}
