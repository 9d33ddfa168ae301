import { Button, Dialog, DialogActions, Field, Input } from '@llmops/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { currentUserQuery } from '../api/current-user.ts';
import { llmops } from '../api/llmops.ts';

interface CreateProjectDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onCreated: (project: string) => void;
}

export function CreateProjectDialog({ open, onOpenChange, onCreated }: CreateProjectDialogProps) {
  const [displayName, setDisplayName] = useState('');
  const queryClient = useQueryClient();
  const create = useMutation({
    mutationFn: () => llmops.projects.createProject({ displayName }),
    onSuccess: async (project) => {
      // The user's roles name the new project: it cannot be opened before they are read again.
      await queryClient.fetchQuery({ ...currentUserQuery, staleTime: 0 });
      onOpenChange(false);
      setDisplayName('');
      onCreated(project.id);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="New project"
      description="Keys, traces and costs of a project are seen by its members only."
    >
      <form onSubmit={submit}>
        <Field label="Name" error={create.error?.message}>
          {(aria) => (
            <Input
              {...aria}
              required
              maxLength={100}
              autoFocus
              value={displayName}
              onChange={(event) => setDisplayName(event.target.value)}
            />
          )}
        </Field>
        <DialogActions>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" variant="primary" busy={create.isPending}>
            Create project
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
