import { languageOf, tokensOf } from '../checks/text-measures.ts';
import { type NumberFigures, NumberSummary } from './number-summary.ts';
import type { ValueCount } from './profile.ts';

/** Characters of a column that are all turned into tokens; after them every tenth text is. */
const tokenBudget = 10_000_000;
/** Texts whose language is told; after them every fiftieth. */
const languageBudget = 2_000;

export interface TextFigures {
  readonly lengths: NumberFigures;
  readonly meanTokens: number;
  readonly maxTokens: number;
  readonly languages: readonly ValueCount[];
}

/** Lengths of all texts; tokens and languages of all until that takes long, then of an even part. */
export class TextSummary {
  readonly #lengths = new NumberSummary();
  readonly #languages = new Map<string, number>();
  #texts = 0;
  #characters = 0;
  #tokenized = 0;
  #tokens = 0;
  #maxTokens = 0;

  add(text: string): void {
    this.#texts++;
    this.#lengths.add(text.length);
    this.#characters += text.length;
    if (this.#characters <= tokenBudget || this.#texts % 10 === 0) this.#addTokens(tokensOf(text));
    if (this.#texts <= languageBudget || this.#texts % 50 === 0) {
      const language = languageOf(text);
      if (language !== '') this.#languages.set(language, (this.#languages.get(language) ?? 0) + 1);
    }
  }

  figures(): TextFigures | undefined {
    const lengths = this.#lengths.figures();
    if (!lengths) return undefined;
    const languages = [...this.#languages].sort((a, b) => b[1] - a[1]).slice(0, 10);
    return {
      lengths,
      meanTokens: this.#tokenized === 0 ? 0 : this.#tokens / this.#tokenized,
      maxTokens: this.#maxTokens,
      languages: languages.map(([value, count]) => ({ value, count })),
    };
  }

  #addTokens(tokens: number): void {
    this.#tokenized++;
    this.#tokens += tokens;
    this.#maxTokens = Math.max(this.#maxTokens, tokens);
  }
}
