import { fromJson, type JsonObject } from '@bufbuild/protobuf';
import {
  SearchSettings_Fusion as Fusion,
  SearchSettings_Rerank as Rerank,
  type SearchSettings,
  SearchSettingsSchema,
} from '@llmops/contracts/retrieval/v1/knowledge_base';

/** Settings of one search with every default filled in. */
export interface ResolvedSearch {
  fusion: 'rrf' | 'weighted';
  rrfK: number;
  weights: Record<string, number>;
  candidates: number;
  rerank: 'none' | 'features' | 'model';
  rerankModel: string;
  minSupport: number;
}

const defaultCandidates = 100;
const defaultRrfK = 10;
export const defaultMinSupport = 0.3;

/** The request's settings over the knowledge base's over the shipped ones, one by one. */
export function resolveSearch(
  ofKnowledgeBase: Record<string, unknown>,
  ofRequest: SearchSettings | undefined,
  { k, arms }: { k: number; arms: readonly string[] },
): ResolvedSearch {
  const base = fromJson(SearchSettingsSchema, ofKnowledgeBase as JsonObject, { ignoreUnknownFields: true });
  const asked = ofRequest;
  const fusion = asked?.fusion || base.fusion;
  const rerank = asked?.rerank || base.rerank;
  const rerankModel = asked?.rerankModel || base.rerankModel;
  const weights = asked && Object.keys(asked.weights).length > 0 ? asked.weights : base.weights;
  return {
    fusion: fusion === Fusion.RRF ? 'rrf' : 'weighted',
    rrfK: asked?.rrfK || base.rrfK || defaultRrfK,
    weights,
    candidates: Math.max(k, asked?.candidates || base.candidates || defaultCandidates),
    // Who asks for one arm wants to see that arm.
    rerank: rerankOf(rerank || (arms.length === 1 ? Rerank.NONE : Rerank.FEATURES)),
    rerankModel,
    minSupport: asked?.minSupport ?? base.minSupport ?? defaultMinSupport,
  };
}

function rerankOf(rerank: Rerank): ResolvedSearch['rerank'] {
  if (rerank === Rerank.NONE) return 'none';
  return rerank === Rerank.MODEL ? 'model' : 'features';
}
