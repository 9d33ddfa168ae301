import type { AnnotationQueue } from '@llmops/contracts/data/v1/annotation';
import { Job_State } from '@llmops/contracts/jobs/v1/job';
import { Button, Dialog, DialogActions, Field, Input, Select } from '@llmops/ui';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { formError } from '../../api/field-errors.ts';
import { llmops } from '../../api/llmops.ts';
import { formatCount } from '../../format/quantity.ts';
import { datasetsKey, datasetsQuery } from '../datasets/dataset-queries.ts';
import { JobProgress, useJob } from '../datasets/job-progress.tsx';

interface PublishDialogProps {
  project: string;
  queue: AnnotationQueue;
  open: boolean;
  onClose: () => void;
}

/** What is done becomes a version; the dialog stays until it is there. */
export function PublishDialog({ project, queue, open, onClose }: PublishDialogProps) {
  const [form, setForm] = useState({ dataset: '', message: '' });
  const queryClient = useQueryClient();
  const datasets = useInfiniteQuery(datasetsQuery(project)).data?.pages.flatMap((page) => page.datasets) ?? [];
  const publish = useMutation({
    mutationFn: () => llmops.annotations.publishAnnotations({ project, queue: queue.id, ...form }),
  });
  const job = useJob(
    project,
    publish.data?.id,
    () => void queryClient.invalidateQueries({ queryKey: datasetsKey(project) }),
  );
  const close = () => {
    onClose();
    publish.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    publish.mutate();
  };
  if (publish.data) {
    return (
      <Dialog open={open} onOpenChange={close} title="Publish labels">
        <JobProgress project={project} job={job ?? publish.data} />
        <DialogActions>
          {job?.state === Job_State.SUCCEEDED && (
            <Link
              to="/p/$project/datasets"
              params={{ project }}
              onClick={close}
              className="self-center text-accent hover:underline"
            >
              Open datasets
            </Link>
          )}
          <Button onClick={close}>Close</Button>
        </DialogActions>
      </Dialog>
    );
  }
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title="Publish labels"
      description={`${formatCount(queue.doneCount)} items with their labels become a version.`}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label="Dataset">
          {(aria) => (
            <Select
              {...aria}
              className="w-full"
              value={form.dataset}
              onChange={(event) => setForm({ ...form, dataset: event.target.value })}
            >
              <option value="">A new one, {queue.displayName}</option>
              {datasets.map(({ id, displayName }) => (
                <option key={id} value={id}>
                  {displayName}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Message">
          {(aria) => (
            <Input
              {...aria}
              maxLength={1000}
              value={form.message}
              onChange={(event) => setForm({ ...form, message: event.target.value })}
            />
          )}
        </Field>
        {publish.error && (
          <p role="alert" className="break-words text-danger">
            {formError(publish.error, [])}
          </p>
        )}
        <DialogActions>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="primary" busy={publish.isPending}>
            Publish
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
