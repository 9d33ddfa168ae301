import type { KnowledgeBase } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { Button, Field, Input, useToast } from '@llmops/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useProject } from '../../api/current-user.ts';
import { fieldError, formError } from '../../api/field-errors.ts';
import { llmops } from '../../api/llmops.ts';
import { DeleteKnowledgeBase } from './delete-knowledge-base.tsx';
import { knowledgeBaseKey, knowledgeBasesQuery } from './knowledge-queries.ts';
import { SearchSettingsFields } from './search-settings-fields.tsx';
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
