/** A part of a text, in UTF-16 code units. */
export interface SpanMark {
  start: number;
  end: number;
  value: string;
}

/** Adds a mark without the white space at its ends, in order; nothing when only that is left or it is there already. */
export function addMark(marks: readonly SpanMark[], text: string, mark: SpanMark): SpanMark[] {
  let { start, end } = mark;
  if (start > end) [start, end] = [end, start];
  while (start < end && /\s/.test(text[start]!)) start++;
  while (end > start && /\s/.test(text[end - 1]!)) end--;
  const { value } = mark;
  const isThere = marks.some((each) => each.start === start && each.end === end && each.value === value);
  if (start === end || isThere) return [...marks];
  return [...marks, { start, end, value }].toSorted((a, b) => a.start - b.start || b.end - a.end);
}

export interface Segment {
  start: number;
  text: string;
  /** Values of the marks that cover it. */
  values: string[];
}

/** The text cut where a mark begins or ends, so that marks may overlap. */
export function segmentsOf(text: string, marks: readonly SpanMark[]): Segment[] {
  const cuts = new Set([0, text.length, ...marks.flatMap(({ start, end }) => [start, end])]);
  const places = [...cuts].filter((at) => at >= 0 && at <= text.length).toSorted((a, b) => a - b);
  return places.slice(0, -1).map((start, at) => {
    const end = places[at + 1]!;
    const covering = marks.filter((mark) => mark.start <= start && mark.end >= end);
    return { start, text: text.slice(start, end), values: covering.map(({ value }) => value) };
  });
}
