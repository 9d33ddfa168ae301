import { Card, CopyableId, SkeletonRows } from '@llmops/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { BackHeading } from '../../shell/back-heading.tsx';
import { LoadMore } from '../../shell/load-more.tsx';
import { Page } from '../../shell/page.tsx';
import { tracesQuery } from '../traces/traces-queries.ts';
import { TracesTable } from '../traces/traces-table.tsx';

const route = getRouteApi('/app/p/$project/sessions/$session');

export function SessionPage() {
  const { session } = route.useParams();
  const project = useProject();
  const query = useInfiniteQuery(tracesQuery(project.id, { session }));
  const traces = query.data?.pages.flatMap((page) => page.traces) ?? [];
  const heading = (
    <BackHeading to="sessions" project={project.id}>
      Session
    </BackHeading>
  );
  return (
    <Page title="Session" heading={heading} actions={<CopyableId id={session} label="session id" chars={40} />}>
      <div className="flex flex-col gap-3">
        {query.error && <QueryError error={query.error} onRetry={() => void query.refetch()} />}
        {!query.isLoadingError && (
          <Card title="Calls, newest first" flush>
            {query.isPending && <SkeletonRows />}
            {traces.length > 0 && <TracesTable project={project.id} traces={traces} />}
            {query.isSuccess && traces.length === 0 && (
              <p className="p-4 text-muted">No call carries this session id.</p>
            )}
          </Card>
        )}
        <LoadMore query={query} />
      </div>
    </Page>
  );
}
