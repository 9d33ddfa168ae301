import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { Trace, TraceSummary } from '@llmops/contracts/observability/v1/trace';
import { Badge, Card, CopyableId, EmptyState, SkeletonRows, Stat, StatRow, Timestamp } from '@llmops/ui';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ListTree } from 'lucide-react';
import { useMemo } from 'react';
import { useProject } from '../../api/current-user.ts';
import { QueryError } from '../../api/query-error.tsx';
import { CallStatus } from '../../format/call-status.tsx';
import { formatPrice } from '../../format/cost.ts';
import { formatDuration, formatDurationOrDash } from '../../format/duration.ts';
import { formatCount } from '../../format/quantity.ts';
import { inputTokens, outputTokens } from '../../format/usage.ts';
import { BackHeading } from '../../shell/back-heading.tsx';
import { Page } from '../../shell/page.tsx';
import { SpanDetail } from './span-detail.tsx';
import { layoutSpans } from './span-tree.ts';
import { traceQuery } from './trace-queries.ts';
import { Waterfall } from './waterfall.tsx';

const route = getRouteApi('/app/p/$project/traces/$trace');

export function TracePage() {
  const { trace: traceId } = route.useParams();
  const project = useProject();
  const { data: trace, error, refetch } = useQuery(traceQuery(project.id, traceId));
  const name = trace?.summary?.name || 'Trace';
  return (
    <Page
      title={name}
      heading={
        <BackHeading to="traces" project={project.id}>
          <span className="truncate">{name}</span>
        </BackHeading>
      }
      actions={<CopyableId id={trace?.summary?.traceId || traceId} label="trace id" chars={16} />}
    >
      {error && !trace && <QueryError error={error} onRetry={() => void refetch()} />}
      {!trace && !error && (
        <Card flush>
          <SkeletonRows />
        </Card>
      )}
      {trace && <TraceView trace={trace} project={project.id} />}
    </Page>
  );
}

function TraceView({ trace, project }: { trace: Trace; project: string }) {
  const { span: selectedId } = route.useSearch();
  const navigate = route.useNavigate();
  const rows = useMemo(() => layoutSpans(trace.spans), [trace.spans]);
  const selected =
    trace.spans.find((span) => span.spanId === selectedId) ??
    (rows.find((row) => row.span.inputJson !== '') ?? rows[0])?.span;
  return (
    <div className="flex flex-col gap-4">
      {trace.summary && <TraceFacts summary={trace.summary} project={project} />}
      {selected === undefined ? (
        <EmptyState icon={ListTree} title="No spans have arrived yet" />
      ) : (
        <div className="grid min-w-0 items-start gap-4 xl:grid-cols-[minmax(0,5fr)_minmax(0,7fr)]">
          <Card
            title={`Timeline · ${rows.length} ${rows.length === 1 ? 'span' : 'spans'}`}
            flush
            className="xl:sticky xl:top-4"
          >
            <Waterfall
              rows={rows}
              selected={selected.spanId}
              onSelect={(span) => void navigate({ search: { span }, replace: true })}
            />
          </Card>
          <SpanDetail key={selected.spanId} span={selected} />
        </div>
      )}
    </div>
  );
}

function TraceFacts({ summary, project }: { summary: TraceSummary; project: string }) {
  const { usage } = summary;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5 text-xs text-muted">
        <CallStatus status={summary.status} />
        {summary.errorCode && <Badge tone="danger">{summary.errorCode}</Badge>}
        {summary.startTime && <Timestamp date={timestampDate(summary.startTime)} />}
        {summary.sessionId && (
          <Link
            to="/p/$project/sessions/$session"
            params={{ project, session: summary.sessionId }}
            className="max-w-60 truncate text-accent hover:underline"
          >
            Session {summary.sessionId}
          </Link>
        )}
        {summary.endUser && <span className="max-w-60 truncate">User {summary.endUser}</span>}
        {summary.actor && <CopyableId id={summary.actor} label="actor" chars={16} />}
        {summary.releaseId && <CopyableId id={summary.releaseId} label="release id" chars={16} />}
      </div>
      <StatRow>
        <Stat label="Duration" value={formatDuration(summary.durationMs)} note={tokenRate(summary)} />
        <Stat label="First token" value={formatDurationOrDash(summary.timeToFirstTokenMs)} />
        <Stat
          label="Input tokens"
          value={formatCount(inputTokens(usage))}
          note={usage && usage.cachedInputTokens > 0n ? `${formatCount(usage.cachedInputTokens)} cached` : undefined}
        />
        <Stat
          label="Output tokens"
          value={formatCount(outputTokens(usage))}
          note={usage?.estimated ? 'counted by us' : undefined}
        />
        <Stat
          label="Cost"
          value={formatPrice(summary.price)}
          note={summary.price?.priceVersion && `price list ${summary.price.priceVersion}`}
        />
      </StatRow>
    </div>
  );
}

function tokenRate({ usage, durationMs, timeToFirstTokenMs }: TraceSummary): string | undefined {
  const decodeMs = durationMs - timeToFirstTokenMs;
  const tokens = Number(outputTokens(usage));
  return tokens > 1 && decodeMs > 0 ? `${((tokens / decodeMs) * 1000).toFixed(1)} tokens/s` : undefined;
}
