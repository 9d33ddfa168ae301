import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  type SearchSettings_Fusion as Fusion,
  SearchSettings_Rerank as Rerank,
  type SearchSettings,
  type SearchSettingsSchema,
} from '@llmops/contracts/retrieval/v1/knowledge_base';

/** Search settings as they are typed; an empty text is the shipped default. */
export interface SearchSettingsForm {
  fusion: Fusion;
  /** A rerank of the API, or a cross-encoder by name. */
  rerank: Rerank | string;
  rrfK: string;
  candidates: string;
  minSupport: string;
  /** By arm. */
  weights: Record<string, string>;
}

const textOf = (value: number | undefined) => (value ? String(value) : '');

export const formOfSearchSettings = (settings: SearchSettings | undefined): SearchSettingsForm => ({
  fusion: settings?.fusion ?? 0,
  rerank: settings?.rerank === Rerank.MODEL ? settings.rerankModel : (settings?.rerank ?? 0),
  rrfK: textOf(settings?.rrfK),
  candidates: textOf(settings?.candidates),
  minSupport: settings?.minSupport === undefined ? '' : String(settings.minSupport),
  weights: Object.fromEntries(Object.entries(settings?.weights ?? {}).map(([arm, weight]) => [arm, String(weight)])),
});

export function searchSettingsOf(form: SearchSettingsForm): MessageInitShape<typeof SearchSettingsSchema> {
  const weights = Object.entries(form.weights).filter(([, weight]) => weight !== '');
  return {
    fusion: form.fusion,
    ...(typeof form.rerank === 'string' ? { rerank: Rerank.MODEL, rerankModel: form.rerank } : { rerank: form.rerank }),
    rrfK: Number(form.rrfK),
    candidates: Number(form.candidates),
    // 0 is a choice of its own here: never refuse.
    ...(form.minSupport !== '' && { minSupport: Number(form.minSupport) }),
    weights: Object.fromEntries(weights.map(([arm, weight]) => [arm, Number(weight)])),
  };
}
