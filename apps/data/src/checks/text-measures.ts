type Detect = (text: string) => { language: string; isReliable(): boolean };
type CountTokens = (text: string, options: { disallowedSpecial: Set<string> }) => number;

let vocabularies: { detect: Detect; countTokens: CountTokens } | undefined;

/** Languages and tokens need vocabularies of some 100 MB in memory: to be awaited by who measures them, and nobody else. */
export async function loadVocabularies(): Promise<void> {
  if (vocabularies) return;
  const [{ eld }, { countTokens }] = await Promise.all([
    import('eld/small'),
    import('gpt-tokenizer/encoding/o200k_base'),
  ]);
  vocabularies = { detect: (text) => eld.detect(text), countTokens };
}

function loaded() {
  if (!vocabularies) throw new Error('the vocabularies are not loaded');
  return vocabularies;
}

/** Shorter texts have no telling language: `OK`, a name, a number. */
const leastLength = 20;
/** A sentence or two are enough. */
const longestLook = 400;

/** The ISO 639-1 code of a text's language, empty when it cannot be told. */
export function languageOf(text: string): string {
  const part = text.slice(0, longestLook);
  if (part.length < leastLength) return '';
  const found = loaded().detect(part);
  return found.isReliable() ? found.language : '';
}

/**
 * Tokens as o200k_base counts them. Marks such as `<|endoftext|>` are text. A long text is counted in pieces: joining
 * letters to tokens takes quadratic time in a run without blanks, and a cut costs a token at most.
 */
export function tokensOf(text: string): number {
  const { countTokens } = loaded();
  const options = { disallowedSpecial: new Set<string>() };
  let tokens = 0;
  for (let from = 0; from < text.length; ) {
    const end = endOfPiece(text, from);
    tokens += countTokens(text.slice(from, end), options);
    from = end;
  }
  return tokens;
}

const longestPiece = 2_000;

/** Before the last blank in the second half of the longest piece, or there; never within a surrogate pair. */
function endOfPiece(text: string, from: number): number {
  const end = from + longestPiece;
  if (end >= text.length) return text.length;
  for (let at = end; at > from + longestPiece / 2; at--) if (/\s/.test(text[at]!)) return at;
  return /[\udc00-\udfff]/.test(text[end]!) ? end - 1 : end;
}

export const wordsOf = (text: string): number => text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
export const charactersOf = (text: string): number => [...text].length;
