/** A normalised text; `ends[i]` is where, in the text it came from, its code unit `i` ends. */
export interface AlignedText {
  readonly text: string;
  /** Not given: the same positions. */
  readonly ends?: readonly number[];
}

/** A letter with its marks: what normalising changes together. */
const CLUSTER = /\P{M}\p{M}*|\p{M}+/gsu;

/** Normalises a text and keeps track of where its characters come from, one cluster at a time. */
export function alignText(source: string, normalise: (text: string) => string): AlignedText {
  const text = normalise(source);
  if (text === source || (text.length === source.length && isAscii(source))) return { text };
  const ends: number[] = [];
  for (const match of source.matchAll(CLUSTER)) {
    const end = match.index + match[0].length;
    for (let i = normalise(match[0]).length; i > 0; i--) ends.push(end);
  }
  return { text, ends: ends.length === text.length ? ends : spread(source, text.length) };
}

/** Clusters that changed one another (Hangul jamo, for one): positions are shared out evenly, never inside a pair. */
function spread(source: string, length: number): number[] {
  return Array.from({ length }, (_, i) => {
    const end = Math.round(((i + 1) * source.length) / length);
    const code = source.charCodeAt(end);
    return code >= 0xdc00 && code < 0xe000 ? end + 1 : end;
  });
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is what ASCII is
const isAscii = (text: string) => /^[\x00-\x7f]*$/.test(text);
