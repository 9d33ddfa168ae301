import { Task } from '@llmops/contracts/models/v1/model';
import { Button, Dialog, DialogActions, Field, Input, Textarea, useToast } from '@llmops/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { fieldError, formError } from '../../api/field-errors.ts';
import { llmops } from '../../api/llmops.ts';
import { providersQuery } from './model-queries.ts';
import { parseProviderModels } from './provider-models.ts';

interface CreateProviderDialogProps {
  project: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

const empty = { id: '', baseUrl: '', apiKey: '', models: '' };

export function CreateProviderDialog({ project, open, onOpenChange }: CreateProviderDialogProps) {
  const [form, setForm] = useState(empty);
  const queryClient = useQueryClient();
  const toast = useToast();
  const create = useMutation({
    mutationFn: () =>
      llmops.providers.createProvider({ ...form, project, models: parseProviderModels(form.models, Task.CHAT) }),
    onSuccess: (provider) => {
      onOpenChange(false);
      setForm(empty);
      toast({ title: `Provider ${provider.id} added`, detail: `Call its models as ${provider.id}/model.` });
      void queryClient.invalidateQueries({ queryKey: ['servedModels', project] });
      return queryClient.invalidateQueries({ queryKey: providersQuery(project).queryKey });
    },
  });
  const set = (key: keyof typeof form) => (event: { target: { value: string } }) =>
    setForm({ ...form, [key]: event.target.value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  const problem = formError(create.error, ['id', 'baseUrl', 'apiKey', 'models']);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Add provider"
      description="A server that speaks the OpenAI API."
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field
          label="Name"
          hint="Small letters, digits, hyphens. Its models are called name/model."
          error={fieldError(create.error, 'id')}
        >
          {(aria) => (
            <Input
              {...aria}
              required
              autoFocus
              pattern="[a-z][a-z0-9\-]{0,38}"
              placeholder="vllm"
              value={form.id}
              onChange={set('id')}
            />
          )}
        </Field>
        <Field label="Address" hint="Up to and with /v1." error={fieldError(create.error, 'baseUrl')}>
          {(aria) => (
            <Input
              {...aria}
              required
              type="url"
              placeholder="http://127.0.0.1:8000/v1"
              value={form.baseUrl}
              onChange={set('baseUrl')}
            />
          )}
        </Field>
        <Field
          label="API key"
          hint="Kept sealed and never shown again. Leave empty if the server wants none."
          error={fieldError(create.error, 'apiKey')}
        >
          {(aria) => (
            <Input {...aria} type="password" autoComplete="off" value={form.apiKey} onChange={set('apiKey')} />
          )}
        </Field>
        <Field
          label="Models"
          hint={
            <>
              One a line. For an embedding model write <code className="font-mono">name embedding</code>.
            </>
          }
          error={fieldError(create.error, 'models')}
        >
          {(aria) => (
            <Textarea
              {...aria}
              required
              rows={3}
              className="font-mono"
              placeholder="qwen3-8b"
              value={form.models}
              onChange={set('models')}
            />
          )}
        </Field>
        {problem && (
          <p role="alert" className="text-danger">
            {problem}
          </p>
        )}
        <DialogActions>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" variant="primary" busy={create.isPending}>
            Add provider
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
