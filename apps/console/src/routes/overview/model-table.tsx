import type { SummarizeUsageResponse, UsagePoint } from '@llmops/contracts/cost/v1/cost';
import type { MetricPoint, QueryMetricsResponse } from '@llmops/contracts/observability/v1/trace';
import { Card, type Column, Table } from '@llmops/ui';
import { useNavigate } from '@tanstack/react-router';
import { useProject } from '../../api/current-user.ts';
import { formatDurationOrDash } from '../../format/duration.ts';
import { formatCount, formatShare } from '../../format/quantity.ts';
import { CostTotal } from './cost-total.tsx';

interface Row {
  model: string;
  total: MetricPoint;
  usage: UsagePoint | undefined;
}

const columns: Column<Row>[] = [
  {
    id: 'model',
    header: 'Model',
    className: 'w-full max-w-0',
    card: 'title',
    cell: (row) => <span className="block truncate font-medium">{row.model || 'unknown'}</span>,
  },
  { id: 'requests', header: 'Requests', align: 'end', cell: (row) => formatCount(row.total.requests) },
  { id: 'errors', header: 'Errors', align: 'end', cell: (row) => formatShare(row.total.errors, row.total.requests) },
  { id: 'input', header: 'Input', align: 'end', cell: (row) => formatCount(row.total.inputTokens) },
  { id: 'output', header: 'Output', align: 'end', cell: (row) => formatCount(row.total.outputTokens) },
  {
    id: 'p50',
    header: 'p50',
    align: 'end',
    className: 'whitespace-nowrap',
    cell: (row) => formatDurationOrDash(row.total.durationP50Ms),
  },
  {
    id: 'p95',
    header: 'p95',
    align: 'end',
    className: 'whitespace-nowrap',
    cell: (row) => formatDurationOrDash(row.total.durationP95Ms),
  },
  {
    id: 'ttft',
    header: 'First token',
    align: 'end',
    className: 'whitespace-nowrap',
    cell: (row) => formatDurationOrDash(row.total.timeToFirstTokenP50Ms),
  },
  {
    id: 'cost',
    header: 'Cost',
    align: 'end',
    className: 'whitespace-nowrap',
    cell: (row) => <CostTotal point={row.usage} />,
  },
];

interface ModelTableProps {
  metrics: QueryMetricsResponse;
  usage: SummarizeUsageResponse | undefined;
}

export function ModelTable({ metrics, usage }: ModelTableProps) {
  const navigate = useNavigate();
  const project = useProject();
  const usageByModel = new Map(usage?.models.map((group) => [group.key, group.total]));
  const rows = metrics.models.flatMap(({ model, total }) =>
    total ? [{ model, total, usage: usageByModel.get(model) }] : [],
  );
  if (rows.length === 0) return null;
  return (
    <Card title="By model" flush>
      <Table
        label="Metrics by model"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.model}
        onOpen={(row) =>
          void navigate({ to: '/p/$project/traces', params: { project: project.id }, search: { model: row.model } })
        }
      />
    </Card>
  );
}
