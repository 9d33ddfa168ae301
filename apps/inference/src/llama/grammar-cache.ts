import { type Llama, type LlamaGrammar, LlamaGrammarEvaluationState, type LlamaModel } from 'node-llama-cpp';

const MAX_KEPT = 64;

/** Parsed grammars, the last used ones: the same schema usually comes again. */
export class GrammarCache {
  private readonly kept = new Map<string, LlamaGrammar>();

  constructor(
    private readonly llama: Llama,
    private readonly model: LlamaModel,
  ) {}

  /** A state at the start of the grammar, for one answer. Throws when llama.cpp does not take the grammar. */
  async start(gbnf: string): Promise<LlamaGrammarEvaluationState> {
    const grammar = this.kept.get(gbnf) ?? (await this.llama.createGrammar({ grammar: gbnf }));
    this.kept.delete(gbnf);
    this.kept.set(gbnf, grammar);
    if (this.kept.size > MAX_KEPT) this.kept.delete(this.kept.keys().next().value!);
    return new LlamaGrammarEvaluationState({ model: this.model, grammar });
  }
}
