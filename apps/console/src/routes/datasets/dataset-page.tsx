import type { Dataset } from '@llmops/contracts/data/v1/dataset';
import { Button, Card, ConfirmDialog, CopyableId, Skeleton, useToast } from '@llmops/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Import, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useProject } from '../../api/current-user.ts';
import { llmops } from '../../api/llmops.ts';
import { QueryError } from '../../api/query-error.tsx';
import { BackHeading } from '../../shell/back-heading.tsx';
import { Page } from '../../shell/page.tsx';
import { isActive } from './data-names.ts';
import { dataJobsQuery, datasetKey, datasetQuery, datasetsKey } from './dataset-queries.ts';
import { ImportDialog } from './import-dialog.tsx';
import { JobProgress } from './job-progress.tsx';
import { VersionList } from './version-list.tsx';

const route = getRouteApi('/app/p/$project/datasets/$dataset');

export function DatasetPage() {
  const project = useProject();
  const { dataset: id } = route.useParams();
  const { data: dataset, error, refetch } = useQuery(datasetQuery(project.id, id));
  if (dataset) return <DatasetView key={id} dataset={dataset} />;
  return (
    <Page title="Dataset">
      {error ? <QueryError error={error} onRetry={() => void refetch()} /> : <Skeleton className="h-64" />}
    </Page>
  );
}

function DatasetView({ dataset }: { dataset: Dataset }) {
  const project = useProject();
  const navigate = route.useNavigate();
  const [dialog, setDialog] = useState<'import' | 'delete'>();
  const remove = useDeleteDataset(project.id, dataset, () =>
    navigate({ to: '/p/$project/datasets', params: { project: project.id } }),
  );
  const heading = (
    <BackHeading to="datasets" project={project.id}>
      <span className="truncate">{dataset.displayName}</span>
    </BackHeading>
  );
  const actions = (
    <>
      <CopyableId id={dataset.id} label="dataset id" chars={40} />
      {project.isAdmin && (
        <Button icon variant="ghost" aria-label={`Delete ${dataset.displayName}`} onClick={() => setDialog('delete')}>
          <Trash2 className="size-3.5" aria-hidden />
        </Button>
      )}
      {project.isEditor && (
        <Button variant="primary" onClick={() => setDialog('import')}>
          <Import className="size-3.5" aria-hidden />
          Import version
        </Button>
      )}
    </>
  );
  return (
    <Page
      title={dataset.displayName}
      heading={heading}
      description={dataset.description || undefined}
      actions={actions}
    >
      <div className="flex flex-col gap-3">
        <RecentJobs project={project.id} dataset={dataset.id} />
        <VersionList dataset={dataset} onImport={() => setDialog('import')} />
      </div>
      <ImportDialog
        project={project.id}
        dataset={dataset}
        open={dialog === 'import'}
        onOpenChange={(open) => setDialog(open ? 'import' : undefined)}
        onBegun={() => undefined}
      />
      <ConfirmDialog
        open={dialog === 'delete'}
        onOpenChange={() => setDialog(undefined)}
        title={`Delete ${dataset.displayName}?`}
        action="Delete dataset"
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
      >
        All {dataset.versionCount} versions go with their rows. This cannot be undone.
      </ConfirmDialog>
    </Page>
  );
}

/** What runs now, and the newest work when it failed. */
function RecentJobs({ project, dataset }: { project: string; dataset: string }) {
  const queryClient = useQueryClient();
  const { data: jobs = [] } = useQuery(dataJobsQuery(project, dataset));
  const shown = jobs.filter((job, at) => isActive(job.state) || (at === 0 && job.error));
  const ended = jobs.filter(({ state }) => !isActive(state)).length;
  // Each end may have made a version.
  useEffect(() => {
    void queryClient.invalidateQueries({ queryKey: datasetKey(project, dataset) });
    void queryClient.invalidateQueries({ queryKey: datasetsKey(project) });
  }, [ended, project, dataset, queryClient]);
  if (shown.length === 0) return null;
  return (
    <Card>
      <div className="flex flex-col gap-4">
        {shown.map((job) => (
          <JobProgress key={job.id} project={project} job={job} />
        ))}
      </div>
    </Card>
  );
}

function useDeleteDataset(project: string, dataset: Dataset, onDone: () => Promise<void>) {
  const queryClient = useQueryClient();
  const toast = useToast();
  return useMutation({
    mutationFn: () => llmops.datasets.deleteDataset({ project, dataset: dataset.id }),
    onSuccess: async () => {
      await onDone();
      toast({ title: `${dataset.displayName} deleted` });
      return queryClient.invalidateQueries({ queryKey: datasetsKey(project) });
    },
    onError: (error) => toast({ tone: 'danger', title: 'The dataset was not deleted', detail: error.message }),
  });
}
