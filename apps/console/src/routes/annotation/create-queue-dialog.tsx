import { Button, Dialog, DialogActions, Field, Input, Textarea } from '@llmops/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { fieldError, formError } from '../../api/field-errors.ts';
import { llmops } from '../../api/llmops.ts';
import { emptySchema, schemaOf } from './label-kinds.ts';
import { queuesQuery } from './queue-queries.ts';
import { SchemaFields } from './schema-fields.tsx';

interface CreateQueueDialogProps {
  project: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onCreated: (queue: string) => void;
}

const empty = { displayName: '', instructions: '', annotators: '1', schema: emptySchema };

export function CreateQueueDialog({ project, open, onOpenChange, onCreated }: CreateQueueDialogProps) {
  const [form, setForm] = useState(empty);
  const queryClient = useQueryClient();
  const create = useMutation({
    mutationFn: () =>
      llmops.annotations.createAnnotationQueue({
        project,
        displayName: form.displayName,
        instructions: form.instructions,
        annotatorsPerItem: Number(form.annotators),
        schema: schemaOf(form.schema),
      }),
    onSuccess: ({ id }) => {
      void queryClient.invalidateQueries({ queryKey: queuesQuery(project).queryKey });
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
  const problem = formError(create.error, ['displayName', 'instructions', 'annotatorsPerItem']);
  return (
    <Dialog open={open} onOpenChange={setOpen} title="New queue">
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label="Name" error={fieldError(create.error, 'displayName')}>
          {(aria) => (
            <Input
              {...aria}
              required
              autoFocus
              maxLength={200}
              value={form.displayName}
              onChange={(event) => setForm({ ...form, displayName: event.target.value })}
            />
          )}
        </Field>
        <SchemaFields form={form.schema} onChange={(schema) => setForm({ ...form, schema })} />
        <Field
          label="Labels an item"
          hint="With two or more, agreement is measured and differences are decided."
          error={fieldError(create.error, 'annotatorsPerItem')}
        >
          {(aria) => (
            <Input
              {...aria}
              type="number"
              required
              min={1}
              max={10}
              value={form.annotators}
              onChange={(event) => setForm({ ...form, annotators: event.target.value })}
            />
          )}
        </Field>
        <Field label="Instructions" hint="Shown beside every item." error={fieldError(create.error, 'instructions')}>
          {(aria) => (
            <Textarea
              {...aria}
              rows={3}
              maxLength={20_000}
              value={form.instructions}
              onChange={(event) => setForm({ ...form, instructions: event.target.value })}
            />
          )}
        </Field>
        {problem && (
          <p role="alert" className="text-danger">
            {problem}
          </p>
        )}
        <DialogActions>
          <Button onClick={() => setOpen(false)}>Cancel</Button>
          <Button type="submit" variant="primary" busy={create.isPending}>
            Create queue
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
