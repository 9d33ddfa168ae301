import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { Role } from '@llmops/contracts/options/v1/options';
import { Button, Dialog, DialogActions, Field, Input, Select } from '@llmops/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { fieldError, formError } from '../../api/field-errors.ts';
import { llmops } from '../../api/llmops.ts';
import { KeySecret } from './key-secret.tsx';
import { roleHints, roleNames } from './key-state.ts';
import { keysQuery } from './keys-queries.ts';

interface CreateKeyDialogProps {
  project: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

const roles = [Role.INFERENCE, Role.VIEWER, Role.EDITOR, Role.ADMIN];
const lifetimes = [
  { days: 0, label: 'Never' },
  { days: 7, label: 'In 7 days' },
  { days: 30, label: 'In 30 days' },
  { days: 90, label: 'In 90 days' },
  { days: 365, label: 'In a year' },
];
const empty = { displayName: '', role: Role.INFERENCE, days: 0 };

/** First the form, then, once, the secret. */
export function CreateKeyDialog({ project, open, onOpenChange }: CreateKeyDialogProps) {
  const [form, setForm] = useState(empty);
  const queryClient = useQueryClient();
  const create = useMutation({
    mutationFn: () =>
      llmops.apiKeys.createApiKey({
        project,
        displayName: form.displayName,
        role: form.role,
        ...(form.days > 0 && { expireTime: timestampFromMs(Date.now() + form.days * 86_400_000) }),
      }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keysQuery(project).queryKey }),
    // The answer holds the secret: nothing keeps it once the dialog is gone.
    gcTime: 0,
  });
  const setOpen = (next: boolean) => {
    onOpenChange(next);
    if (next) return;
    create.reset();
    setForm(empty);
  };
  if (create.data) {
    return (
      <Dialog open={open} onOpenChange={setOpen} title="Key created" wide>
        <KeySecret secret={create.data.secret} />
        <DialogActions>
          <Button variant="primary" onClick={() => setOpen(false)}>
            Done
          </Button>
        </DialogActions>
      </Dialog>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  const problem = formError(create.error, ['displayName', 'role', 'expireTime']);
  return (
    <Dialog open={open} onOpenChange={setOpen} title="Create API key">
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label="Name" hint="Of the application that will use it." error={fieldError(create.error, 'displayName')}>
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
        <Field label="Role" hint={roleHints[form.role]} error={fieldError(create.error, 'role')}>
          {(aria) => (
            <Select
              {...aria}
              className="w-full"
              value={form.role}
              onChange={(event) => setForm({ ...form, role: Number(event.target.value) })}
            >
              {roles.map((role) => (
                <option key={role} value={role}>
                  {roleNames[role]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Expires" error={fieldError(create.error, 'expireTime')}>
          {(aria) => (
            <Select
              {...aria}
              className="w-full"
              value={form.days}
              onChange={(event) => setForm({ ...form, days: Number(event.target.value) })}
            >
              {lifetimes.map(({ days, label }) => (
                <option key={days} value={days}>
                  {label}
                </option>
              ))}
            </Select>
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
            Create key
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
