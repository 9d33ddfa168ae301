import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { TraceSummary } from '@llmops/contracts/observability/v1/trace';
import { type Column, Table, Timestamp } from '@llmops/ui';
import { Link, useNavigate } from '@tanstack/react-router';
import { CallStatus } from '../../format/call-status.tsx';
import { formatPrice } from '../../format/cost.ts';
import { formatDuration, formatDurationOrDash } from '../../format/duration.ts';
import { formatCount } from '../../format/quantity.ts';
import { inputTokens, outputTokens } from '../../format/usage.ts';

const nowrap = 'whitespace-nowrap';

function columnsOf(project: string): Column<TraceSummary>[] {
  return [
    {
      id: 'time',
      header: 'Time',
      className: nowrap,
      cell: (trace) => trace.startTime && <Timestamp date={timestampDate(trace.startTime)} />,
    },
    {
      id: 'input',
      header: 'Input',
      className: 'w-full max-w-0 @2xl:min-w-48',
      card: 'title',
      cell: (trace) => (
        <Link
          to="/p/$project/traces/$trace"
          params={{ project, trace: trace.traceId }}
          tabIndex={-1}
          className="block truncate font-medium hover:underline"
        >
          {trace.inputPreview || <span className="text-faint">{trace.name}</span>}
        </Link>
      ),
    },
    {
      id: 'model',
      header: 'Model',
      card: 'wide',
      className: 'max-w-52',
      cell: (trace) => (
        <span className="block truncate text-muted" title={trace.name}>
          {trace.model || trace.name}
        </span>
      ),
    },
    {
      id: 'status',
      header: 'Status',
      className: nowrap,
      cell: (trace) => <CallStatus status={trace.status} code={trace.errorCode} />,
    },
    {
      id: 'latency',
      header: 'Latency',
      align: 'end',
      className: nowrap,
      cell: (trace) => formatDuration(trace.durationMs),
    },
    {
      id: 'ttft',
      header: 'First token',
      align: 'end',
      className: nowrap,
      card: 'hidden',
      cell: (trace) => formatDurationOrDash(trace.timeToFirstTokenMs),
    },
    {
      id: 'tokens',
      header: 'Tokens',
      align: 'end',
      className: nowrap,
      cell: (trace) => (
        <span title="input → output">
          {formatCount(inputTokens(trace.usage))} <span className="text-faint">→</span>{' '}
          {formatCount(outputTokens(trace.usage))}
        </span>
      ),
    },
    { id: 'cost', header: 'Cost', align: 'end', className: nowrap, cell: (trace) => formatPrice(trace.price) },
  ];
}

export function TracesTable({ project, traces }: { project: string; traces: TraceSummary[] }) {
  const navigate = useNavigate();
  return (
    <Table
      label="Traces"
      columns={columnsOf(project)}
      rows={traces}
      rowKey={(trace) => trace.traceId}
      onOpen={(trace) => void navigate({ to: '/p/$project/traces/$trace', params: { project, trace: trace.traceId } })}
    />
  );
}
