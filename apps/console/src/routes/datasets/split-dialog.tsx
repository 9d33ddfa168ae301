import type { DatasetVersion } from '@llmops/contracts/data/v1/dataset';
import { Button, Dialog, DialogActions, Field, Input, useToast } from '@llmops/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useProject } from '../../api/current-user.ts';
import { llmops } from '../../api/llmops.ts';
import { datasetKey } from './dataset-queries.ts';
import { ColumnField } from './import-fields.tsx';
import { parseSplits, splitsProblem } from './split-rules.ts';

interface SplitDialogProps {
  version: DatasetVersion;
  open: boolean;
  onClose: () => void;
}

/** Makes a version with the same rows and these splits. */
export function SplitDialog({ version, open, onClose }: SplitDialogProps) {
  const project = useProject();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const [form, setForm] = useState({
    splits: 'train 80, validation 10, test 10',
    stratifyBy: '',
    groupBy: '',
    seed: '0',
  });
  const { dataset } = version;
  const split = useMutation({
    mutationFn: () =>
      llmops.datasets.splitVersion({
        project: project.id,
        dataset,
        version: version.id,
        splits: parseSplits(form.splits),
        options: {
          stratifyBy: form.stratifyBy,
          groupBy: form.groupBy,
          seed: BigInt(Math.trunc(Number(form.seed) || 0)),
        },
      }),
    onSuccess: (made) => {
      onClose();
      toast({ title: `Version ${made.number} has the splits` });
      void queryClient.invalidateQueries({ queryKey: datasetKey(project.id, dataset) });
      const params = { project: project.id, dataset, version: String(made.number) };
      return navigate({ to: '/p/$project/datasets/$dataset/versions/$version', params });
    },
  });
  const columns = version.columns.map(({ name }) => name);
  const problem = splitsProblem(form.splits);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    split.mutate();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={`Split version ${version.number}`}
      description="Makes a version with the same rows. Rows that had a split under the same plan keep it."
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label="Splits" hint="Names and percents." error={problem}>
          {(aria) => (
            <Input
              {...aria}
              required
              autoFocus
              value={form.splits}
              onChange={(event) => setForm({ ...form, splits: event.target.value })}
            />
          )}
        </Field>
        <ColumnField
          label="Same shares of"
          columns={columns}
          value={form.stratifyBy}
          onChange={(stratifyBy) => setForm({ ...form, stratifyBy })}
        />
        <ColumnField
          label="Keep together by"
          columns={columns}
          value={form.groupBy}
          onChange={(groupBy) => setForm({ ...form, groupBy })}
        />
        <Field label="Seed">
          {(aria) => (
            <Input
              {...aria}
              type="number"
              min={0}
              value={form.seed}
              onChange={(event) => setForm({ ...form, seed: event.target.value })}
            />
          )}
        </Field>
        {split.error && (
          <p role="alert" className="text-danger">
            {split.error.message}
          </p>
        )}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={problem !== undefined} busy={split.isPending}>
            Split
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
