/** Of the document's text, UTF-16 code units. */
export interface TextRange {
  start: number;
  end: number;
}

/** A stretch of text that the same ranges cover. */
export interface TextSegment extends TextRange {
  /** Indexes into the ranges. */
  ranges: number[];
}

/** Cuts `whole` wherever a range begins or ends, so that each piece is either all inside a range or all outside it. */
export function textSegments(whole: TextRange, ranges: readonly TextRange[]): TextSegment[] {
  const touching = ranges
    .map((range, index) => ({ ...range, index }))
    .filter(({ start, end }) => start < whole.end && end > whole.start && start < end);
  const cuts = new Set([whole.start, whole.end]);
  for (const { start, end } of touching) {
    if (start > whole.start) cuts.add(start);
    if (end < whole.end) cuts.add(end);
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  return sorted.slice(1).map((end, at) => {
    const start = sorted[at]!;
    const covering = touching.filter((range) => range.start <= start && range.end >= end);
    return { start, end, ranges: covering.map(({ index }) => index) };
  });
}

/** The chunks that share some text with a passage. */
export const overlapping = <T extends TextRange>(ranges: readonly T[], { start, end }: TextRange): T[] =>
  ranges.filter((range) => range.start < end && range.end > start);
