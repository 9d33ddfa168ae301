import { SearchSettings_Fusion as Fusion, type KnowledgeBase } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { Field, Input, Select } from '@llmops/ui';
import { useQuery } from '@tanstack/react-query';
import { indexVersionQuery } from './knowledge-queries.ts';
import { RerankSelect } from './search-options.tsx';
import type { SearchSettingsForm } from './search-settings-form.ts';

interface SearchSettingsFieldsProps {
  project: string;
  knowledgeBase: KnowledgeBase;
  form: SearchSettingsForm;
  onChange: (change: Partial<SearchSettingsForm>) => void;
}

/** How results are found and ordered, unless a search says otherwise. */
export function SearchSettingsFields({ project, knowledgeBase, form, onChange }: SearchSettingsFieldsProps) {
  const version = useQuery(indexVersionQuery(project, knowledgeBase.id, knowledgeBase.liveIndexVersion)).data;
  const arms = new Set([
    ...(version && !version.settings?.noLexical ? ['lexical'] : []),
    ...(version?.embeddingModels.map(({ name }) => name) ?? []),
    ...Object.keys(form.weights),
  ]);
  const number = (name: 'rrfK' | 'candidates' | 'minSupport', label: string, hint: string, shipped: string) => (
    <Field label={label} hint={hint}>
      {(aria) => (
        <Input
          {...aria}
          type="number"
          min={0}
          max={name === 'minSupport' ? 1 : 1000}
          step={name === 'minSupport' ? 0.01 : 1}
          placeholder={shipped}
          value={form[name]}
          onChange={(event) => onChange({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <div className="grid grid-cols-2 gap-3">
        <Field label="Fusion" hint="How the arms' rankings are joined.">
          {(aria) => (
            <Select
              {...aria}
              className="w-full"
              value={form.fusion}
              onChange={(event) => onChange({ fusion: Number(event.target.value) })}
            >
              <option value={Fusion.UNSPECIFIED}>As shipped</option>
              <option value={Fusion.WEIGHTED}>Weighted scores</option>
              <option value={Fusion.RRF}>Reciprocal ranks</option>
            </Select>
          )}
        </Field>
        <Field label="Rerank" hint="The first candidates, put in a better order.">
          {(aria) => (
            <RerankSelect
              {...aria}
              className="w-full"
              unset="As shipped"
              value={form.rerank}
              onChange={(rerank) => onChange({ rerank })}
            />
          )}
        </Field>
      </div>
      <div className="grid grid-cols-3 gap-3">
        {number('candidates', 'Candidates', 'Of each arm.', 'shipped')}
        {number('rrfK', 'Rank constant', 'Of reciprocal ranks.', 'shipped')}
        {number('minSupport', 'Least support', 'Else refused; 0 never.', 'shipped')}
      </div>
      <fieldset className="min-w-0">
        <legend className="mb-1.5 text-xs font-medium text-muted">Weights of the arms</legend>
        <div className="flex flex-col gap-1.5">
          {[...arms].map((arm) => (
            <div key={arm} className="flex items-center gap-3">
              <span className="min-w-0 flex-1 truncate">{arm}</span>
              <span className="w-28 shrink-0">
                <Input
                  aria-label={`Weight of ${arm}`}
                  type="number"
                  min={0}
                  step={0.05}
                  placeholder="shipped"
                  value={form.weights[arm] ?? ''}
                  onChange={(event) => onChange({ weights: { ...form.weights, [arm]: event.target.value } })}
                />
              </span>
            </div>
          ))}
        </div>
      </fieldset>
    </div>
  );
}
