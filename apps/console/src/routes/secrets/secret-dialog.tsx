import type { Secret } from '@llmops/contracts/governance/v1/secret';
import { Button, Dialog, DialogActions, Field, Input, Textarea, useToast } from '@llmops/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { fieldError, formError } from '../../api/field-errors.ts';
import { llmops } from '../../api/llmops.ts';
import { secretsQuery } from './secret-queries.ts';

interface SecretDialogProps {
  project: string;
  open: boolean;
  onClose: () => void;
  /** Gets a new value; without one a secret is made. */
  secret?: Secret | undefined;
}

const empty = { displayName: '', value: '' };

/** A value goes in here and is never shown again. */
export function SecretDialog({ project, open, onClose, secret }: SecretDialogProps) {
  const [form, setForm] = useState(empty);
  const queryClient = useQueryClient();
  const toast = useToast();
  const save = useMutation({
    mutationFn: () =>
      secret
        ? llmops.secrets.rotateSecret({ project, secret: secret.id, value: form.value })
        : llmops.secrets.createSecret({ project, ...form }),
    onSuccess: (saved) => {
      close();
      toast({ title: secret ? `${saved.displayName} has a new value` : `${saved.displayName} stored` });
      return queryClient.invalidateQueries({ queryKey: secretsQuery(project).queryKey });
    },
    // The variables are the value: nothing keeps it once it is stored.
    gcTime: 0,
  });
  const close = () => {
    onClose();
    save.reset();
    setForm(empty);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const problem = formError(save.error, ['displayName', 'value']);
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title={secret ? `New value of ${secret.displayName}` : 'Create secret'}
      description={secret && 'What uses the secret goes on with the new value.'}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {!secret && (
          <Field label="Name" error={fieldError(save.error, 'displayName')}>
            {(aria) => (
              <Input
                {...aria}
                required
                autoFocus
                autoComplete="off"
                maxLength={100}
                value={form.displayName}
                onChange={(event) => setForm({ ...form, displayName: event.target.value })}
              />
            )}
          </Field>
        )}
        <Field
          label="Value"
          hint="A token, a connection string, or JSON with keys. Sealed, and never shown again."
          error={fieldError(save.error, 'value')}
        >
          {(aria) => (
            <Textarea
              {...aria}
              required
              rows={3}
              autoComplete="off"
              spellCheck={false}
              className="font-mono text-xs"
              maxLength={20_000}
              value={form.value}
              onChange={(event) => setForm({ ...form, value: event.target.value })}
            />
          )}
        </Field>
        {problem && (
          <p role="alert" className="text-danger">
            {problem}
          </p>
        )}
        <DialogActions>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="primary" busy={save.isPending}>
            {secret ? 'Replace value' : 'Create secret'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
