import type { MessageInitShape } from '@bufbuild/protobuf';
import type { IndexSettings, IndexSettingsSchema } from '@llmops/contracts/retrieval/v1/knowledge_base';

/** Settings of an index as they are typed; an empty text is the shipped default. */
export interface IndexSettingsForm {
  embeddingModels: string[];
  maxTokens: string;
  overlapTokens: string;
  parentTokens: string;
  lexical: boolean;
}

export const emptyIndexSettings: IndexSettingsForm = {
  embeddingModels: [],
  maxTokens: '',
  overlapTokens: '',
  parentTokens: '',
  lexical: true,
};

export function formOfSettings(settings: IndexSettings | undefined): IndexSettingsForm {
  const { maxTokens = 0, overlapTokens, parentTokens = 0 } = settings?.chunker ?? {};
  return {
    embeddingModels: settings?.embeddingModels ?? [],
    maxTokens: maxTokens > 0 ? String(maxTokens) : '',
    overlapTokens: overlapTokens === undefined ? '' : String(overlapTokens),
    parentTokens: parentTokens > 0 ? String(parentTokens) : '',
    lexical: !settings?.noLexical,
  };
}

/** The chunker's part, as the API takes it. */
export const chunkerOf = (form: Pick<IndexSettingsForm, 'maxTokens' | 'overlapTokens' | 'parentTokens'>) => ({
  maxTokens: Number(form.maxTokens),
  parentTokens: Number(form.parentTokens),
  // 0 is a choice of its own here, not the default.
  ...(form.overlapTokens !== '' && { overlapTokens: Number(form.overlapTokens) }),
});

export const settingsOf = (form: IndexSettingsForm): MessageInitShape<typeof IndexSettingsSchema> => ({
  embeddingModels: form.embeddingModels,
  chunker: chunkerOf(form),
  noLexical: !form.lexical,
});
