import { create } from '@bufbuild/protobuf';
import { SearchSettings_Rerank as Rerank, SearchSettingsSchema } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { expect, test } from 'vitest';
import { formOfSearchSettings, searchSettingsOf } from './search-settings-form.ts';

test('what is set comes back as it was; what is not set stays so', () => {
  const set = create(SearchSettingsSchema, {
    rerank: Rerank.MODEL,
    rerankModel: 'bge',
    candidates: 50,
    minSupport: 0,
    weights: { lexical: 0.4 },
  });
  expect(create(SearchSettingsSchema, searchSettingsOf(formOfSearchSettings(set)))).toEqual(set);
  const unset = create(SearchSettingsSchema);
  expect(create(SearchSettingsSchema, searchSettingsOf(formOfSearchSettings(unset)))).toEqual(unset);
});

test('a weight that was cleared is left to the shipped ones', () => {
  const form = { ...formOfSearchSettings(undefined), weights: { lexical: '', e5: '2' } };
  expect(searchSettingsOf(form).weights).toEqual({ e5: 2 });
});
