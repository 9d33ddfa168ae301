import { type Job, Job_State } from '@llmops/contracts/jobs/v1/job';
import { Button, ProgressBar, Status, useToast } from '@llmops/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { llmops } from '../../api/llmops.ts';
import { formatBytes, formatCount } from '../../format/quantity.ts';
import { isActive, jobName, jobStates } from './data-names.ts';
import { dataJobQuery } from './dataset-queries.ts';

/** Follows a job to its end; `onEnd` is called once it is there. */
export function useJob(project: string, id: string | undefined, onEnd: (job: Job) => void): Job | undefined {
  const { data: job } = useQuery({ ...dataJobQuery(project, id ?? ''), enabled: id !== undefined });
  const ended = job && !isActive(job.state) ? job : undefined;
  // Once an end, not once a render.
  useEffect(() => {
    if (ended) onEnd(ended);
  }, [ended?.id]);
  return id === undefined ? undefined : job;
}

/** What a job does, how far it is, and a way to stop it. */
export function JobProgress({ project, job }: { project: string; job: Job }) {
  const queryClient = useQueryClient();
  const toast = useToast();
  const cancel = useMutation({
    mutationFn: () => llmops.dataJobs.cancelDataJob({ project, job: job.id }),
    onSuccess: (next) => {
      queryClient.setQueryData(dataJobQuery(project, job.id).queryKey, next);
      return queryClient.invalidateQueries({ queryKey: ['dataJobs', project] });
    },
    onError: (error) => toast({ tone: 'danger', title: 'The work was not stopped', detail: error.message }),
  });
  const { tone, text } = jobStates[job.state];
  const active = isActive(job.state);
  return (
    <div className="flex min-w-0 flex-col gap-1.5" role="status">
      <span className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <span className="flex min-w-0 items-center gap-3">
          <Status tone={tone} pulse={job.state === Job_State.RUNNING}>
            {jobName(job.kind)}: {text.toLowerCase()}
          </Status>
          {active && job.message && <span className="truncate text-muted">{job.message}</span>}
        </span>
        <span className="flex items-center gap-2 text-xs text-muted tabular-nums">
          {amountOf(job)}
          {active && (
            <Button size="sm" busy={cancel.isPending} onClick={() => cancel.mutate()}>
              Stop
            </Button>
          )}
        </span>
      </span>
      {active && (
        <ProgressBar
          value={job.total > 0n ? Number(job.done) / Number(job.total) : undefined}
          label={`${jobName(job.kind)} progress`}
        />
      )}
      {job.error && <p className="break-words text-danger">{job.error.message}</p>}
    </div>
  );
}

function amountOf({ done, total, unit }: Job): string {
  if (done === 0n && total === 0n) return '';
  const format = unit === 'bytes' ? formatBytes : formatCount;
  const of = total > 0n ? ` of ${format(total)}` : '';
  return `${format(done)}${of}${unit === 'bytes' ? '' : ` ${unit}`}`;
}
