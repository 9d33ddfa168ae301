import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { Session } from '@llmops/contracts/observability/v1/trace';
import { Card, CodeBlock, type Column, EmptyState, SkeletonRows, Table, Timestamp } from '@llmops/ui';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { MessagesSquare } from 'lucide-react';
import { useProject } from '../../api/current-user.ts';
import { llmops } from '../../api/llmops.ts';
import { QueryError } from '../../api/query-error.tsx';
import { formatCost } from '../../format/cost.ts';
import { formatDuration } from '../../format/duration.ts';
import { formatCount } from '../../format/quantity.ts';
import { LoadMore } from '../../shell/load-more.tsx';
import { Page } from '../../shell/page.tsx';

const sessionsQuery = (project: string) =>
  infiniteQueryOptions({
    queryKey: ['sessions', project],
    queryFn: ({ pageParam, signal }) =>
      llmops.traces.listSessions({ project, pageSize: 50, pageToken: pageParam }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextPageToken || undefined,
  });

const columns: Column<Session>[] = [
  {
    id: 'id',
    header: 'Session',
    className: 'w-full max-w-0',
    card: 'title',
    cell: (session) => <span className="block truncate font-mono text-xs">{session.id}</span>,
  },
  {
    id: 'user',
    header: 'User',
    className: 'max-w-40',
    cell: (session) => <span className="block truncate text-muted">{session.endUser || '–'}</span>,
  },
  {
    id: 'last',
    header: 'Last call',
    className: 'whitespace-nowrap',
    cell: (session) => session.lastTime && <Timestamp date={timestampDate(session.lastTime)} ago />,
  },
  { id: 'length', header: 'Length', align: 'end', className: 'whitespace-nowrap', card: 'hidden', cell: lengthOf },
  { id: 'calls', header: 'Calls', align: 'end', cell: (session) => formatCount(session.traceCount) },
  {
    id: 'errors',
    header: 'Errors',
    align: 'end',
    cell: (session) => (
      <span className={session.errorCount > 0n ? 'text-danger' : 'text-faint'}>{formatCount(session.errorCount)}</span>
    ),
  },
  { id: 'tokens', header: 'Tokens', align: 'end', cell: (session) => formatCount(session.totalTokens) },
  {
    id: 'cost',
    header: 'Cost',
    align: 'end',
    className: 'whitespace-nowrap',
    cell: (session) => formatCost(session.costNanoUsd),
  },
];

function lengthOf({ startTime, lastTime }: Session): string {
  if (!startTime || !lastTime) return '–';
  return formatDuration(timestampDate(lastTime).getTime() - timestampDate(startTime).getTime());
}

export function SessionsPage() {
  const project = useProject();
  const navigate = useNavigate();
  const query = useInfiniteQuery(sessionsQuery(project.id));
  const sessions = query.data?.pages.flatMap((page) => page.sessions) ?? [];
  return (
    <Page title="Sessions" description="Calls that carry the same session id: a conversation, a visit, an agent's run.">
      <div className="flex flex-col gap-3">
        {query.error && <QueryError error={query.error} onRetry={() => void query.refetch()} />}
        {!query.isLoadingError && (
          <Card flush>
            {query.isPending && <SkeletonRows />}
            {sessions.length > 0 && (
              <Table
                label="Sessions"
                columns={columns}
                rows={sessions}
                rowKey={(session) => session.id}
                onOpen={(session) =>
                  void navigate({
                    to: '/p/$project/sessions/$session',
                    params: { project: project.id, session: session.id },
                  })
                }
              />
            )}
            {query.isSuccess && sessions.length === 0 && <NoSessions />}
          </Card>
        )}
        <LoadMore query={query} />
      </div>
    </Page>
  );
}

function NoSessions() {
  const code = [
    `curl ${location.origin}/v1/chat/completions \\`,
    `  -H "Authorization: Bearer $LLMOPS_API_KEY" -H "Content-Type: application/json" \\`,
    `  -H "x-session-id: conversation-42" \\`,
    `  -d '{"model": "smollm2-135m-instruct", "messages": [{"role": "user", "content": "Hello"}]}'`,
  ].join('\n');
  return (
    <EmptyState icon={MessagesSquare} title="No sessions yet">
      <p>
        Send the header <code className="font-mono">x-session-id</code> with your calls, and those that share it are
        shown together.
      </p>
      <CodeBlock code={code} label="curl example" />
    </EmptyState>
  );
}
