import type { SearchSettings } from '@llmops/contracts/retrieval/v1/knowledge_base';
import type { Filter } from '@llmops/contracts/retrieval/v1/search';
import type { FoundChunk } from './candidate.repository.ts';
import type { ScoredChunk } from './nearest-chunks.ts';
import type { SearchTarget } from './search-target.repository.ts';

export interface SearchInput {
  knowledgeBaseId: string;
  /** The live one when empty. */
  indexVersionId: string;
  query: string;
  k: number;
  filter: Filter | undefined;
  principals: readonly string[];
  settings: SearchSettings | undefined;
  /** All when empty. */
  arms: readonly string[];
  /** 0 most diverse to 1 none; undefined for none. */
  mmrLambda: number | undefined;
  expand: 'none' | 'neighbours' | 'parent';
  neighbours: number;
  onePerDocument: boolean;
  includeArms: boolean;
  explain: boolean;
}

export interface ArmReport {
  name: string;
  used: boolean;
  note: string;
  plan: '' | 'bm25' | 'hnsw' | 'exact';
  durationMs: number;
  /** Best first; only chunks that the caller may see. */
  found: (ScoredChunk & { id: string; documentId: string })[];
}

export interface SearchHit {
  score: number;
  chunk: FoundChunk;
  armScores: { arm: string; rank: number; score: number }[];
  /** The chunk's text, widened when asked, and where it stands in the document. */
  text: string;
  start: number;
  end: number;
  features: Record<string, number>;
  matchedTerms: string[];
}

export interface SearchOutcome {
  target: SearchTarget;
  hits: SearchHit[];
  arms: ArmReport[];
  timings: { name: string; durationMs: number }[];
  fusion: 'rrf' | 'weighted';
  reranker: string;
  /** From 0 to 1. */
  support: number;
  minSupport: number;
  /** -1 when they are too many to count. */
  matchingChunks: number;
}
