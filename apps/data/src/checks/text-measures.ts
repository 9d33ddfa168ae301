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
const tellingLength = 20;

/** The ISO 639-1 code of a text's language, empty when it cannot be told. */
export function languageOf(text: string): string {
  const part = text.slice(0, 1_000);
  if (part.length < tellingLength) return '';
  const found = loaded().detect(part);
  return found.isReliable() ? found.language : '';
}

/** Tokens as o200k_base counts them. Marks such as `<|endoftext|>` are text. */
export const tokensOf = (text: string): number => loaded().countTokens(text, { disallowedSpecial: new Set() });

export const wordsOf = (text: string): number => text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
export const charactersOf = (text: string): number => [...text].length;
