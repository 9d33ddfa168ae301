import type { DatasetVersion } from '@llmops/contracts/data/v1/dataset';
import { Badge, Button, Dialog, DialogActions, Field, Input, useToast } from '@llmops/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useProject } from '../../api/current-user.ts';
import { fieldError } from '../../api/field-errors.ts';
import { llmops } from '../../api/llmops.ts';
import { datasetKey } from './dataset-queries.ts';

interface TagDialogProps {
  version: DatasetVersion;
  open: boolean;
  onClose: () => void;
}

/** A tag names one version at a time: given here, it leaves the one that had it. */
export function TagDialog({ version: { id: version, dataset, number, tags }, open, onClose }: TagDialogProps) {
  const project = useProject();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [tag, setTag] = useState('');
  const change = useMutation({
    mutationFn: (edit: { tag: string; remove: boolean }) =>
      llmops.datasets.tagVersion({ project: project.id, dataset, version, ...edit }),
    onSuccess: () => {
      setTag('');
      return queryClient.invalidateQueries({ queryKey: datasetKey(project.id, dataset) });
    },
    onError: (error) => toast({ tone: 'danger', title: 'The tag was not changed', detail: error.message }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ tag, remove: false });
  };
  return (
    <Dialog open={open} onOpenChange={onClose} title={`Tags of version ${number}`}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {tags.length > 0 && (
          <ul className="flex flex-wrap gap-1.5">
            {tags.map((name) => (
              <li key={name} className="flex items-center">
                <Badge tone="accent">{name}</Badge>
                <Button
                  size="sm"
                  variant="ghost"
                  icon
                  aria-label={`Remove tag ${name}`}
                  onClick={() => change.mutate({ tag: name, remove: true })}
                >
                  <X className="size-3" aria-hidden />
                </Button>
              </li>
            ))}
          </ul>
        )}
        <Field
          label="New tag"
          hint="Small letters, digits, hyphens, as golden. Another version that has it loses it."
          error={fieldError(change.error, 'tag')}
        >
          {(aria) => (
            <Input
              {...aria}
              required
              autoFocus
              pattern="[a-z][a-z0-9._\-]{0,62}"
              value={tag}
              onChange={(event) => setTag(event.target.value)}
            />
          )}
        </Field>
        <DialogActions>
          <Button onClick={onClose}>Close</Button>
          <Button type="submit" variant="primary" busy={change.isPending}>
            Add tag
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
