import { fromJson, type JsonObject } from '@bufbuild/protobuf';
import {
  SearchSettings_Fusion as Fusion,
  SearchSettings_Rerank as Rerank,
  type SearchSettings,
  SearchSettingsSchema,
} from '@llmops/contracts/retrieval/v1/knowledge_base';
import { weightInvalid } from './search.errors.ts';

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
/** Of the arms; each embedding model has 1. Chosen on one half of SciFact's claims, measured on the other. */
const defaultWeights = { lexical: 4 / 3 };
export const defaultMinSupport = 0.3;

/** The request's settings over the knowledge base's over the shipped ones, one by one. */
export function resolveSearch(
  ofKnowledgeBase: Record<string, unknown>,
  ofRequest: SearchSettings | undefined,
  k: number,
): ResolvedSearch {
  const base = fromJson(SearchSettingsSchema, ofKnowledgeBase as JsonObject, { ignoreUnknownFields: true });
  const asked = ofRequest;
  const fusion = asked?.fusion || base.fusion;
  const rerank = asked?.rerank || base.rerank;
  const rerankModel = asked?.rerankModel || base.rerankModel;
  const given = asked && Object.keys(asked.weights).length > 0 ? asked.weights : base.weights;
  const weights = Object.keys(given).length > 0 ? given : defaultWeights;
  for (const [arm, weight] of Object.entries(weights)) if (!(weight >= 0 && weight <= 1e6)) throw weightInvalid(arm);
  return {
    fusion: fusion === Fusion.RRF ? 'rrf' : 'weighted',
    rrfK: asked?.rrfK || base.rrfK || defaultRrfK,
    weights,
    candidates: Math.max(k, asked?.candidates || base.candidates || defaultCandidates),
    rerank: rerankOf(rerank),
    rerankModel,
    minSupport: asked?.minSupport ?? base.minSupport ?? defaultMinSupport,
  };
}

/** None unless asked for: with two embedding models our own adds nothing to what is shipped (SciFact, NATS, XQuAD). */
function rerankOf(rerank: Rerank): ResolvedSearch['rerank'] {
  if (rerank === Rerank.FEATURES) return 'features';
  return rerank === Rerank.MODEL ? 'model' : 'none';
}
