import type { SearchSettings } from '@llmops/contracts/retrieval/v1/knowledge_base';
import type { Filter } from '@llmops/contracts/retrieval/v1/search';
import type { RequestContext } from '@llmops/platform/context';
import { Injectable } from '@nestjs/common';
import {
  type FoundPassage,
  type PackedContext,
  type PackedPassage,
  packPassages,
  refusalPrompt,
  rewriteQuery,
} from '../../context/index.ts';
import { contexts } from './search.metrics.ts';
import { Search } from './search.ts';
import type { SearchHit, SearchOutcome } from './search-input.ts';
import { TokenCounter } from './token-counter.ts';

export interface ContextInput {
  knowledgeBaseId: string;
  indexVersionId: string;
  query: string;
  earlierUserMessages: readonly string[];
  maxTokens: number;
  model: string;
  k: number;
  filter: Filter | undefined;
  principals: readonly string[];
  settings: SearchSettings | undefined;
}

export type ContextPassage = FoundPassage & { hit: SearchHit };

export interface BuiltContext {
  passages: PackedPassage<ContextPassage>[];
  systemPrompt: string;
  refused: boolean;
  contextTokens: number;
  search: SearchOutcome;
  rewrittenQuery: string;
}

const defaultTokens = 1_024;
const defaultK = 8;
const mostQuery = 8_000;

@Injectable()
export class BuildContext {
  constructor(
    private readonly search: Search,
    private readonly tokens: TokenCounter,
  ) {}

  async run(ctx: RequestContext, input: ContextInput): Promise<BuiltContext> {
    const rewritten = rewriteQuery(input.query, input.earlierUserMessages);
    const outcome = await this.search.run(ctx, {
      ...input,
      query: (rewritten ?? input.query).slice(0, mostQuery),
      k: input.k || defaultK,
      arms: [],
      mmrLambda: undefined,
      expand: 'none',
      neighbours: 0,
      onePerDocument: false,
      includeArms: false,
      explain: false,
    });
    const rewrittenQuery = rewritten ?? '';
    const found = outcome.hits.map(toPassage);
    const isSupported = found.length > 0 && outcome.support >= outcome.minSupport;
    if (!isSupported) return refuse(outcome, rewrittenQuery);
    const packed = await this.#pack(ctx, input, found);
    // The budget has no room for even a part of a passage.
    if (packed.passages.length === 0) return refuse(outcome, rewrittenQuery);
    const { passages, prompt: systemPrompt, tokens: contextTokens } = packed;
    contexts.inc({ outcome: 'answered' });
    return { passages, systemPrompt, refused: false, contextTokens, search: outcome, rewrittenQuery };
  }

  /** Marks and titles are estimated while it packs; the whole is counted, and packed again tighter when it is too long. */
  async #pack(
    ctx: RequestContext,
    input: ContextInput,
    found: ContextPassage[],
  ): Promise<PackedContext<ContextPassage>> {
    const most = input.maxTokens || defaultTokens;
    const tokens = await this.tokens.of(
      ctx,
      input.model,
      found.map(({ text }) => text),
    );
    for (let budget = most; ; ) {
      const packed = packPassages(found, budget, tokens);
      const counted = await this.tokens.of(ctx, input.model, [packed.prompt]);
      const used = counted.count(packed.prompt);
      if (used <= most || packed.passages.length === 0) return { ...packed, tokens: used };
      budget -= Math.max(8, used - most);
    }
  }
}

function refuse(search: SearchOutcome, rewrittenQuery: string): BuiltContext {
  contexts.inc({ outcome: 'refused' });
  return { passages: [], systemPrompt: refusalPrompt, refused: true, contextTokens: 0, search, rewrittenQuery };
}

/** A later piece of a table is read with the table's header; its place in the document is without. */
const toPassage = (hit: SearchHit): ContextPassage => ({
  documentId: hit.chunk.documentId,
  title: hit.chunk.title || hit.chunk.documentName,
  headingPath: hit.chunk.headingPath,
  text: hit.text,
  start: hit.start,
  end: hit.end,
  prefix: hit.chunk.prefix,
  hit,
});
