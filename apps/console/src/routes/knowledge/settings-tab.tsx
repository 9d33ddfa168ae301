import { SearchSettings_Fusion as Fusion, type KnowledgeBase } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { Button, ConfirmDialog, Field, Input, Select, useToast } from '@llmops/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useProject } from '../../api/current-user.ts';
import { fieldError, formError } from '../../api/field-errors.ts';
import { llmops } from '../../api/llmops.ts';
import { indexVersionQuery, knowledgeBaseKey, knowledgeBasesQuery } from './knowledge-queries.ts';
import { RerankSelect } from './search-options.tsx';
import { formOfSearchSettings, type SearchSettingsForm, searchSettingsOf } from './search-settings-form.ts';
import { SourceChoice } from './source-choice.tsx';

interface SettingsForm {
  displayName: string;
  description: string;
  sources: readonly string[];
  search: SearchSettingsForm;
}

const formOf = ({ displayName, description, sources, searchSettings }: KnowledgeBase): SettingsForm => ({
  displayName,
  description,
  sources,
  search: formOfSearchSettings(searchSettings),
});

export function SettingsTab({ knowledgeBase }: { knowledgeBase: KnowledgeBase }) {
  const project = useProject();
  const [form, setForm] = useState(() => formOf(knowledgeBase));
  const queryClient = useQueryClient();
  const toast = useToast();
  const save = useMutation({
    mutationFn: () =>
      llmops.knowledgeBases.updateKnowledgeBase({
        project: project.id,
        knowledgeBase: knowledgeBase.id,
        displayName: form.displayName,
        description: form.description,
        sources: { sources: [...form.sources] },
        searchSettings: searchSettingsOf(form.search),
      }),
    onSuccess: () => {
      toast({ title: 'Settings saved' });
      void queryClient.invalidateQueries({ queryKey: knowledgeBasesQuery(project.id).queryKey });
      return queryClient.invalidateQueries({ queryKey: knowledgeBaseKey(project.id, knowledgeBase.id) });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const problem = formError(save.error, ['displayName', 'description']);
  return (
    <form onSubmit={submit} className="flex flex-col gap-5 px-4 py-4">
      <fieldset disabled={!project.isEditor} className="grid min-w-0 gap-x-8 gap-y-5 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <Field label="Name" error={fieldError(save.error, 'displayName')}>
            {(aria) => (
              <Input
                {...aria}
                required
                maxLength={100}
                value={form.displayName}
                onChange={(event) => setForm({ ...form, displayName: event.target.value })}
              />
            )}
          </Field>
          <Field label="Description" error={fieldError(save.error, 'description')}>
            {(aria) => (
              <Input
                {...aria}
                maxLength={1000}
                value={form.description}
                onChange={(event) => setForm({ ...form, description: event.target.value })}
              />
            )}
          </Field>
          <SourceChoice
            project={project.id}
            chosen={form.sources}
            onChange={(sources) => setForm({ ...form, sources })}
          />
        </div>
        <SearchSettingsFields
          project={project.id}
          knowledgeBase={knowledgeBase}
          form={form.search}
          onChange={(change) => setForm({ ...form, search: { ...form.search, ...change } })}
        />
      </fieldset>
      {problem && (
        <p role="alert" className="text-danger">
          {problem}
        </p>
      )}
      <div className="flex flex-wrap items-center justify-between gap-2 border-t border-line pt-4">
        {project.isAdmin ? <DeleteKnowledgeBase project={project.id} knowledgeBase={knowledgeBase} /> : <span />}
        {project.isEditor && (
          <Button type="submit" variant="primary" busy={save.isPending}>
            Save
          </Button>
        )}
      </div>
    </form>
  );
}

interface SearchSettingsFieldsProps {
  project: string;
  knowledgeBase: KnowledgeBase;
  form: SearchSettingsForm;
  onChange: (change: Partial<SearchSettingsForm>) => void;
}

function SearchSettingsFields({ project, knowledgeBase, form, onChange }: SearchSettingsFieldsProps) {
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
              <option value={Fusion.UNSPECIFIED}>Shipped: weighted scores</option>
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
              unset="Shipped: light rerank"
              value={form.rerank}
              onChange={(rerank) => onChange({ rerank })}
            />
          )}
        </Field>
      </div>
      <div className="grid grid-cols-3 gap-3">
        {number('candidates', 'Candidates', 'Of each arm.', '100')}
        {number('rrfK', 'Rank constant', 'Of reciprocal ranks.', '10')}
        {number('minSupport', 'Least support', 'Else refused; 0 never.', '0.3')}
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

function DeleteKnowledgeBase({ project, knowledgeBase }: { project: string; knowledgeBase: KnowledgeBase }) {
  const [open, setOpen] = useState(false);
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const toast = useToast();
  const remove = useMutation({
    mutationFn: () => llmops.knowledgeBases.deleteKnowledgeBase({ project, knowledgeBase: knowledgeBase.id }),
    onSuccess: async () => {
      toast({ title: `${knowledgeBase.displayName} deleted` });
      await navigate({ to: '/p/$project/knowledge', params: { project } });
      queryClient.removeQueries({ queryKey: knowledgeBaseKey(project, knowledgeBase.id) });
      await queryClient.invalidateQueries({ queryKey: knowledgeBasesQuery(project).queryKey });
    },
    onError: (error) => toast({ tone: 'danger', title: 'The knowledge base was not deleted', detail: error.message }),
  });
  return (
    <>
      <Button variant="danger" onClick={() => setOpen(true)}>
        Delete knowledge base
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Delete ${knowledgeBase.displayName}?`}
        action="Delete knowledge base"
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
      >
        All its documents and indexes go with it, and calls that answer from it are refused. This cannot be undone.
      </ConfirmDialog>
    </>
  );
}
