import { Button, Dialog, DialogActions, Field, Input } from '@llmops/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { fieldError, formError } from '../../api/field-errors.ts';
import { llmops } from '../../api/llmops.ts';
import { IndexSettingsFields, indexSettingsErrors } from './index-settings-fields.tsx';
import { emptyIndexSettings, settingsOf } from './index-settings-form.ts';
import { knowledgeBasesQuery } from './knowledge-queries.ts';
import { SourceChoice } from './source-choice.tsx';

interface CreateKnowledgeBaseDialogProps {
  project: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onCreated: (knowledgeBase: string) => void;
}

const empty = { displayName: '', description: '', sources: [] as string[], index: emptyIndexSettings };

export function CreateKnowledgeBaseDialog({ project, open, onOpenChange, onCreated }: CreateKnowledgeBaseDialogProps) {
  const [form, setForm] = useState(empty);
  const queryClient = useQueryClient();
  const create = useMutation({
    mutationFn: () =>
      llmops.knowledgeBases.createKnowledgeBase({
        project,
        displayName: form.displayName,
        description: form.description,
        sources: form.sources,
        indexSettings: settingsOf(form.index),
      }),
    onSuccess: ({ id }) => {
      void queryClient.invalidateQueries({ queryKey: knowledgeBasesQuery(project).queryKey });
      setOpen(false);
      onCreated(id);
    },
  });
  const setOpen = (next: boolean) => {
    onOpenChange(next);
    if (next) return;
    create.reset();
    setForm(empty);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  const problem = formError(create.error, ['displayName', 'description', ...indexSettingsErrors]);
  return (
    <Dialog open={open} onOpenChange={setOpen} title="Create knowledge base">
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label="Name" error={fieldError(create.error, 'displayName')}>
          {(aria) => (
            <Input
              {...aria}
              required
              autoFocus
              maxLength={100}
              value={form.displayName}
              onChange={(event) => setForm({ ...form, displayName: event.target.value })}
            />
          )}
        </Field>
        <Field label="Description" error={fieldError(create.error, 'description')}>
          {(aria) => (
            <Input
              {...aria}
              maxLength={1000}
              value={form.description}
              onChange={(event) => setForm({ ...form, description: event.target.value })}
            />
          )}
        </Field>
        <IndexSettingsFields form={form.index} onChange={(index) => setForm({ ...form, index })} error={create.error} />
        <SourceChoice project={project} chosen={form.sources} onChange={(sources) => setForm({ ...form, sources })} />
        {problem && (
          <p role="alert" className="text-danger">
            {problem}
          </p>
        )}
        <DialogActions>
          <Button onClick={() => setOpen(false)}>Cancel</Button>
          <Button type="submit" variant="primary" busy={create.isPending}>
            Create
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
