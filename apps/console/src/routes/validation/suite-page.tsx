import type { ValidationSuite } from '@llmops/contracts/data/v1/validation';
import { Button, ConfirmDialog, Skeleton, useToast } from '@llmops/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ArrowLeft, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useProject } from '../../api/current-user.ts';
import { llmops } from '../../api/llmops.ts';
import { QueryError } from '../../api/query-error.tsx';
import { Page } from '../../shell/page.tsx';
import { suiteQuery, suitesQuery } from '../datasets/validation-queries.ts';
import { SuiteEditor } from './suite-editor.tsx';

const route = getRouteApi('/app/p/$project/validation/$suite');

export function SuitePage() {
  const project = useProject();
  const { suite: id } = route.useParams();
  const isNew = id === 'new';
  const { data: suite, error, refetch } = useQuery({ ...suiteQuery(project.id, id), enabled: !isNew });
  const title = isNew ? 'New suite' : (suite?.displayName ?? 'Suite');
  return (
    <Page
      title={title}
      heading={<SuiteHeading project={project.id}>{title}</SuiteHeading>}
      description="Checks of a dataset's versions. Those that block keep a version from being used."
      actions={suite && project.isEditor && <DeleteSuite suite={suite} />}
    >
      {error && <QueryError error={error} onRetry={() => void refetch()} />}
      {!isNew && !suite && !error && <Skeleton className="h-64" />}
      {(isNew || suite) && <SuiteEditor key={id} suite={isNew ? undefined : suite} />}
    </Page>
  );
}

function SuiteHeading({ project, children }: { project: string; children: string }) {
  return (
    <span className="flex items-center gap-2">
      <Link
        to="/p/$project/datasets"
        params={{ project }}
        search={{ tab: 'suites' }}
        aria-label="Back to validation suites"
        className="grid size-7 shrink-0 place-items-center rounded-md text-muted hover:bg-hover hover:text-ink"
      >
        <ArrowLeft className="size-4" />
      </Link>
      <span className="truncate">{children}</span>
    </span>
  );
}

function DeleteSuite({ suite: { id, displayName } }: { suite: ValidationSuite }) {
  const project = useProject();
  const navigate = route.useNavigate();
  const queryClient = useQueryClient();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () => llmops.validation.deleteValidationSuite({ project: project.id, suite: id }),
    onSuccess: async () => {
      await navigate({ to: '/p/$project/datasets', params: { project: project.id }, search: { tab: 'suites' } });
      toast({ title: `${displayName} deleted` });
      return queryClient.invalidateQueries({ queryKey: suitesQuery(project.id).queryKey });
    },
    onError: (error) => toast({ tone: 'danger', title: 'The suite was not deleted', detail: error.message }),
  });
  return (
    <>
      <Button variant="ghost" icon aria-label={`Delete ${displayName}`} onClick={() => setAsking(true)}>
        <Trash2 className="size-3.5" aria-hidden />
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete ${displayName}?`}
        action="Delete suite"
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
      >
        New versions are no longer checked by it. Its reports stay.
      </ConfirmDialog>
    </>
  );
}
