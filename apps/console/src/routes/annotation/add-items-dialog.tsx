import { Button, Dialog, DialogActions, Field, Segmented, Select, Textarea, useToast } from '@llmops/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { llmops } from '../../api/llmops.ts';
import { formatCount } from '../../format/quantity.ts';
import { DatasetChoice } from '../datasets/dataset-choice.tsx';
import { versionQuery } from '../datasets/dataset-queries.ts';
import { lines } from '../datasets/import-form.ts';
import { VersionChoice } from '../datasets/version-choice.tsx';
import { queueKey } from './queue-queries.ts';

interface AddItemsDialogProps {
  project: string;
  queue: string;
  open: boolean;
  onClose: () => void;
}

type Origin = 'rows' | 'traces';

const empty = { dataset: '', version: '', split: '', traces: '' };

/** Rows of a dataset's version, or traces. What is in the queue already is not added twice. */
export function AddItemsDialog({ project, queue, open, onClose }: AddItemsDialogProps) {
  const [origin, setOrigin] = useState<Origin>('rows');
  const [form, setForm] = useState(empty);
  const queryClient = useQueryClient();
  const toast = useToast();
  const { dataset, version: chosen, split } = form;
  const version = useQuery({
    ...versionQuery(project, dataset, chosen || 'latest'),
    enabled: dataset !== '',
  }).data;
  const add = useMutation({
    mutationFn: () =>
      origin === 'rows'
        ? llmops.annotations.addAnnotationItems({ project, queue, datasetVersion: version?.id ?? '', split })
        : llmops.annotations.addAnnotationItems({ project, queue, traceIds: lines(form.traces) }),
    onSuccess: ({ added, alreadyThere }) => {
      close();
      toast({
        title: `${formatCount(added)} items added`,
        detail: alreadyThere > 0n ? `${formatCount(alreadyThere)} were there already.` : undefined,
      });
      return queryClient.invalidateQueries({ queryKey: queueKey(project, queue) });
    },
  });
  const close = () => {
    onClose();
    add.reset();
    setForm(empty);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate();
  };
  const ready = origin === 'rows' ? version !== undefined : lines(form.traces).length > 0;
  return (
    <Dialog open={open} onOpenChange={close} title="Add items">
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Segmented<Origin>
          label="From"
          value={origin}
          onChange={setOrigin}
          options={[
            { value: 'rows', label: 'Rows of a dataset' },
            { value: 'traces', label: 'Traces' },
          ]}
        />
        {origin === 'rows' ? (
          <>
            <div className="flex flex-wrap gap-2">
              <DatasetChoice
                project={project}
                value={dataset}
                onChange={(next) => setForm({ ...empty, dataset: next })}
              />
              {dataset !== '' && (
                <VersionChoice
                  project={project}
                  dataset={dataset}
                  label="Version"
                  none="Newest version"
                  value={chosen}
                  onChange={(next) => setForm({ ...form, version: next, split: '' })}
                />
              )}
              {version && version.splits.length > 0 && (
                <Select
                  aria-label="Split"
                  value={split}
                  onChange={(event) => setForm({ ...form, split: event.target.value })}
                >
                  <option value="">All splits</option>
                  {version.splits.map(({ name }) => (
                    <option key={name} value={name}>
                      {name}
                    </option>
                  ))}
                </Select>
              )}
            </div>
            {version && (
              <p className="text-xs text-faint">
                Version {version.number}: {formatCount(countOf(version, split))} rows; at most 10,000 are added at a
                time.
              </p>
            )}
          </>
        ) : (
          <Field label="Trace ids" hint="One a line, at most 200.">
            {(aria) => (
              <Textarea
                {...aria}
                rows={4}
                spellCheck={false}
                className="font-mono text-xs"
                value={form.traces}
                onChange={(event) => setForm({ ...form, traces: event.target.value })}
              />
            )}
          </Field>
        )}
        {add.error && (
          <p role="alert" className="break-words text-danger">
            {add.error.message}
          </p>
        )}
        <DialogActions>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={!ready} busy={add.isPending}>
            Add
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

const countOf = (
  { rowCount, splits }: { rowCount: bigint; splits: { name: string; rowCount: bigint }[] },
  split: string,
): bigint => splits.find(({ name }) => name === split)?.rowCount ?? rowCount;
